package io.serai.api.deploy;

import io.serai.api.state.BlobId;
import io.serai.api.state.Content;
import io.serai.api.state.StatePath;
import java.util.Objects;

/**
 * A file of the desired state that a handler is to make run.
 *
 * @param path its path relative to its layer, such as {@code deploy/orders.camel.yaml}: its identity on the node
 * @param blob the identity of the content
 * @param content the content
 */
public record Artifact(StatePath path, BlobId blob, Content content) {
    /** Checks. */
    public Artifact {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(blob, "blob");
        Objects.requireNonNull(content, "content");
    }
}
