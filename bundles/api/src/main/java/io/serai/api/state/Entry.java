package io.serai.api.state;

import java.util.Objects;

/**
 * A file of a snapshot.
 *
 * @param path where it stands in the tree, such as {@code groups/cpu/deploy/sum.jar}
 * @param blob its content
 */
public record Entry(StatePath path, BlobId blob) {
    /** Checks. */
    public Entry {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(blob, "blob");
    }
}
