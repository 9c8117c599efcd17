package io.serai.api.state;

import java.util.Optional;
import java.util.SortedMap;
import org.osgi.annotation.versioning.ProviderType;

/** The state at one commit. Immutable and thread-safe. */
@ProviderType
public interface Snapshot {

    /** Returns the commit. */
    CommitId commit();

    /** Returns all files by their path in the tree. Reads the disk when called first. */
    SortedMap<StatePath, BlobId> files();

    /**
     * Returns what this node runs: the files of the root, overlaid by those of its groups in the order it lists them,
     * overlaid by its own. The key is the path below the layer, such as {@code deploy/sum.jar}; the entry says which
     * layer it came from.
     */
    SortedMap<StatePath, Entry> effective();

    /** Returns the content of a file by its path in the tree. */
    Optional<Content> content(StatePath path);

    /**
     * Returns content by its id.
     *
     * @throws StateException {@code NOT_FOUND} if the repository does not have it
     */
    Content content(BlobId blob) throws StateException;
}
