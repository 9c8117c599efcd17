package io.serai.identity.internal.members;

import io.serai.api.state.Content;
import io.serai.api.state.StatePath;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A token as the state has it, {@code objects/join-token/<id>.yaml}: what proves that somebody has it, but not the token.
 *
 * @param id its name
 * @param hash the SHA-256 of its secret
 * @param expires until when it lets in
 */
public record TokenFile(String id, String hash, Instant expires) {
    /** The kind of object. */
    public static final String KIND = "join-token";

    private static final Set<String> KEYS = Set.of("hash", "expires");

    /** Returns where the token of an id is. */
    public static StatePath path(String id) {
        return StatePath.of("objects", KIND, id + ".yaml");
    }

    /**
     * Reads a token.
     *
     * @throws IllegalArgumentException saying what is wrong, and where
     */
    public static TokenFile read(String id, String text) {
        YamlObject object = YamlObject.read(KIND, id, text, KEYS);
        if (!MemberRules.isHash(object.text("hash"))) {
            throw object.refusal("hash", "must have 64 lower-case hexadecimal digits");
        }
        try {
            return new TokenFile(id, object.text("hash"), Instant.parse(object.text("expires")));
        } catch (DateTimeParseException e) {
            throw object.refusal("expires", "must be a time such as 2026-01-31T12:00:00Z");
        }
    }

    /** Writes it. */
    public Content write() {
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("hash", hash);
        spec.put("expires", expires.toString());
        return YamlObject.write(KIND, id, spec);
    }
}
