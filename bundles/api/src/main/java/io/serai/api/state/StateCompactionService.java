package io.serai.api.state;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Keeps the history from growing for ever. Commits, and which files they had, are kept for good; contents of old versions
 * go, on this node only: each node does so for itself. A version that was dropped cannot be read or restored here, and other
 * nodes neither send nor demand it. Thread-safe.
 */
@ProviderType
public interface StateCompactionService {
    /**
     * Drops the contents that nothing keeps; see {@link Compaction.Reason} for what does. May be called at any time, and
     * takes seconds to minutes.
     *
     * @param dryRun whether to say only what would be dropped
     * @throws StateException {@code CONFLICT} if changes brought back what was about to go, again and again: nothing was
     *     dropped, and may be the next time; {@code IO} if the repository cannot be read or written
     */
    Compaction compact(boolean dryRun) throws StateException;
}
