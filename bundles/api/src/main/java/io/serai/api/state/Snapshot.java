package io.serai.api.state;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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

    /**
     * Returns the paths, below their layers and in their order, under which this node runs something else than by another
     * snapshot of the same repository.
     */
    default List<StatePath> differences(Snapshot other) {
        SortedMap<StatePath, Entry> ours = effective();
        SortedMap<StatePath, Entry> theirs = other.effective();
        return Stream.concat(ours.keySet().stream(), theirs.keySet().stream())
                .distinct()
                .filter(path -> !Objects.equals(blob(ours.get(path)), blob(theirs.get(path))))
                .sorted()
                .toList();
    }

    private static @Nullable BlobId blob(@Nullable Entry entry) {
        return entry == null ? null : entry.blob();
    }

    /** Returns the content of a file by its path in the tree. */
    Optional<Content> content(StatePath path);

    /**
     * Returns content by its id.
     *
     * @throws StateException {@code NOT_FOUND} if the repository does not have it
     */
    Content content(BlobId blob) throws StateException;
}
