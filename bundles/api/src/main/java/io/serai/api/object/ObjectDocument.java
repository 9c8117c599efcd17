package io.serai.api.object;

import java.util.Map;
import java.util.Objects;

/**
 * An object as a person writes it.
 *
 * @param key which object
 * @param spec what it shall be; values as {@link ObjectKind} has them
 */
public record ObjectDocument(ObjectKey key, Map<String, Object> spec) {
    /** Checks that all is there. */
    public ObjectDocument {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(spec, "spec");
    }
}
