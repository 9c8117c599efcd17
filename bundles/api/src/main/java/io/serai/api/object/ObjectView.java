package io.serai.api.object;

import io.serai.api.state.CommitId;
import java.util.Map;
import java.util.Objects;

/**
 * An object as people see it.
 *
 * @param key which object
 * @param spec what it shall be, without secrets
 * @param status how it fares; empty if nothing is known. {@code state} and {@code message}, where they are there, are a word
 *     and a sentence
 * @param version the commit that it was read at
 * @param etag changes whenever the spec does; opaque
 */
public record ObjectView(
        ObjectKey key, Map<String, Object> spec, Map<String, Object> status, CommitId version, String etag) {
    /** Checks that all is there. */
    public ObjectView {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(spec, "spec");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(etag, "etag");
    }
}
