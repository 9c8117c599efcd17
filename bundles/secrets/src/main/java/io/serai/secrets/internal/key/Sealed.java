package io.serai.secrets.internal.key;

import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A value as the state has it: {@code v1:<key>:<base64>}.
 *
 * @param key the id of the key it was sealed with
 * @param base64 what came of it
 */
public record Sealed(String key, String base64) {
    private static final Pattern FORM = Pattern.compile("v1:([0-9a-f]{8}):([A-Za-z0-9+/]{38,}={0,2})");

    /** Checks that all is there. */
    public Sealed {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(base64, "base64");
    }

    static Sealed of(DataKey key, byte[] bytes) {
        return new Sealed(key.id(), Base64.getEncoder().encodeToString(bytes));
    }

    /** Reads one. */
    public static Optional<Sealed> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches() || matcher.group(2).length() % 4 != 0) {
            return Optional.empty();
        }
        return Optional.of(new Sealed(matcher.group(1), matcher.group(2)));
    }

    byte[] bytes() {
        return Base64.getDecoder().decode(base64);
    }

    /** Returns the text that the state has. */
    @Override
    public String toString() {
        return "v1:" + key + ":" + base64;
    }
}
