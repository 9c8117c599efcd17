package io.serai.identity.internal.members;

import io.serai.api.state.Content;
import io.serai.api.state.StatePath;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A token as the state has it, {@code objects/join-token/<id>.yaml}: what proves that somebody has it, but not the token.
 *
 * @param id its name
 * @param hash the SHA-256 of its secret
 * @param expires until when it lets in
 * @param usedBy the SHA-256 of the public key of the node that it has let in, which may ask again if the answer was lost
 */
public record TokenFile(String id, String hash, Instant expires, Optional<String> usedBy) {
    /** The kind of object. */
    public static final String KIND = "join-token";

    private static final String USED_BY = "used-by";
    private static final YamlObject.Keys KEYS = new YamlObject.Keys(Set.of("hash", "expires"), Set.of(USED_BY));

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
        String hash = hash(object, "hash");
        Optional<String> usedBy = object.has(USED_BY) ? Optional.of(hash(object, USED_BY)) : Optional.empty();
        try {
            return new TokenFile(id, hash, Instant.parse(object.text("expires")), usedBy);
        } catch (DateTimeParseException e) {
            throw object.refusal("expires", "must be a time such as 2026-01-31T12:00:00Z");
        }
    }

    /** Writes it. */
    public Content write() {
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("hash", hash);
        spec.put("expires", expires.toString());
        usedBy.ifPresent(key -> spec.put(USED_BY, key));
        return YamlObject.write(KIND, id, spec);
    }

    /** Returns the same token after it has let a node in. */
    public TokenFile usedBy(String key) {
        return new TokenFile(id, hash, expires, Optional.of(key));
    }

    private static String hash(YamlObject object, String key) {
        String text = object.text(key);
        if (!MemberRules.isHash(text)) {
            throw object.refusal(key, "must have 64 lower-case hexadecimal digits");
        }
        return text;
    }
}
