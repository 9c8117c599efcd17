package io.serai.api.cluster;

import java.util.OptionalLong;
import org.osgi.annotation.versioning.ProviderType;

/** That somebody takes part in an election. Thread-safe; never blocks. */
@ProviderType
public interface Leadership extends AutoCloseable {

    /** Returns whether it leads now, as {@link ClusterLock#isHeld} says. */
    default boolean leads() {
        return term().isPresent();
    }

    /** Returns the term it leads in, a {@link ClusterLock#token}; empty if it does not lead. */
    OptionalLong term();

    /** Resigns, and takes part no more; may be repeated. */
    @Override
    void close();
}
