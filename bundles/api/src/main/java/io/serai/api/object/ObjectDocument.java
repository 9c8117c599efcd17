package io.serai.api.object;

import io.serai.api.state.Content;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * An object as a person writes it.
 *
 * @param key which object
 * @param spec what it shall be; values as {@link ObjectKind} has them
 * @param content of an object of a {@link FileKind}: its file as it is, instead of the spec
 */
public record ObjectDocument(ObjectKey key, Map<String, Object> spec, Optional<Content> content) {
    /** Checks that all is there. */
    public ObjectDocument {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(spec, "spec");
        Objects.requireNonNull(content, "content");
    }

    /** Makes an object of a spec. */
    public ObjectDocument(ObjectKey key, Map<String, Object> spec) {
        this(key, spec, Optional.empty());
    }

    /** Makes an object of a file. */
    public ObjectDocument(ObjectKey key, Content content) {
        this(key, Map.of(), Optional.of(content));
    }
}
