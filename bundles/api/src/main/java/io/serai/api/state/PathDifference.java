package io.serai.api.state;

import java.util.Objects;
import java.util.Optional;

/**
 * A file that two commits have in different versions.
 *
 * @param path where it stands in the tree
 * @param before its content in the first; empty if it was added
 * @param after its content in the second; empty if it was removed
 */
public record PathDifference(StatePath path, Optional<BlobId> before, Optional<BlobId> after) {
    /** Checks. */
    public PathDifference {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(before, "before");
        Objects.requireNonNull(after, "after");
    }
}
