package io.serai.security.internal.directory;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An API key as the state has one.
 *
 * @param user whom it acts for
 * @param limits if not empty, the roles of which one must permit what it is used for
 * @param expires when it ends
 * @param secret what the token is known by; empty if none was made yet
 */
public record ApiKeySpec(String user, Set<String> limits, Instant expires, Optional<Secret> secret) {
    /** The kind. */
    public static final String KIND = "api-key";

    /** The key of what a token is found by. */
    public static final String ID = "id";

    /** The key of what is kept of the secret. */
    public static final String SECRET_HASH = "secretHash";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
    private static final Pattern ID_FORM = Pattern.compile("[0-9a-f]{16}");
    private static final Pattern HASH_FORM = Pattern.compile("[0-9a-f]{64}");
    private static final Set<String> KEYS = Set.of("user", "roles", "expires", ID, SECRET_HASH);

    /** Copies the set. */
    public ApiKeySpec {
        limits = Set.copyOf(limits);
    }

    /**
     * What a token is known by.
     *
     * @param id what it is found by, 16 hexadecimal digits
     * @param hash SHA-256 of its random part, in hexadecimal digits
     */
    public record Secret(String id, String hash) {
        /** Returns the bytes of the hash. */
        public byte[] bytes() {
            return HexFormat.of().parseHex(hash);
        }
    }

    /** Reads a spec as it is kept. */
    public static ApiKeySpec of(String name, Map<String, Object> spec) {
        if (!NAME.matcher(name).matches()) {
            throw new SpecException(
                    "/name",
                    "'" + name + "' cannot be the name of a key; use 1 to 63 letters, digits, dots,"
                            + " hyphens or underscores, beginning with a letter or digit");
        }
        SpecReader reader = new SpecReader("/spec", spec, KEYS);
        return new ApiKeySpec(reader.requiredText("user"), reader.texts("roles"), expires(reader), secret(reader));
    }

    private static Optional<Secret> secret(SpecReader reader) {
        Optional<String> id = reader.text(ID);
        Optional<String> hash = reader.text(SECRET_HASH);
        if (id.isPresent() != hash.isPresent()) {
            throw reader.refusal(ID, "and " + SECRET_HASH + " belong together; remove both, or have a secret made");
        }
        if (id.isEmpty() || hash.isEmpty()) {
            return Optional.empty();
        }
        if (!ID_FORM.matcher(id.get()).matches()) {
            throw reader.refusal(ID, "must have 16 hexadecimal digits, as it was made");
        }
        if (!HASH_FORM.matcher(hash.get()).matches()) {
            throw reader.refusal(SECRET_HASH, "must have 64 hexadecimal digits, as it was made");
        }
        return Optional.of(new Secret(id.get(), hash.get()));
    }

    private static Instant expires(SpecReader reader) {
        try {
            return OffsetDateTime.parse(reader.requiredText("expires")).toInstant();
        } catch (DateTimeParseException e) {
            throw reader.refusal("expires", "must be a time as RFC 3339 has it, such as 2027-01-31T12:00:00Z");
        }
    }
}
