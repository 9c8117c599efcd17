package io.serai.security.internal.login;

import io.serai.security.internal.directory.ApiKeySpec;
import io.serai.security.internal.directory.ApiKeySpec.Secret;
import io.serai.security.internal.directory.People;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds keys by their tokens: a look into a map, and one SHA-256, which is enough for what nobody can guess. */
final class ApiKeys {
    private static final Pattern TOKEN = Pattern.compile("serai_([0-9a-f]{16})_([A-Za-z0-9_-]{43})");
    private static final int ID_BYTES = 8;
    private static final int SECRET_BYTES = 32;

    private final Clock clock;

    ApiKeys(Clock clock) {
        this.clock = clock;
    }

    /**
     * What was made for a key.
     *
     * @param token is shown once
     * @param secret is kept
     */
    record Made(String token, Secret secret) {
        static Made random() {
            String id = HexFormat.of().formatHex(Secrets.random(ID_BYTES));
            String random = Secrets.text(Secrets.random(SECRET_BYTES));
            String hash = HexFormat.of().formatHex(Secrets.sha256(random));
            return new Made("serai_" + id + "_" + random, new Secret(id, hash));
        }

        @Override
        public String toString() {
            return "Made[" + secret.id() + "]";
        }
    }

    /** Returns the key that a token is of, if it has not ended. */
    Optional<ApiKeySpec> find(People people, String token) {
        Matcher matcher = TOKEN.matcher(token);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        byte[] hash = Secrets.sha256(matcher.group(2));
        return Optional.ofNullable(people.keys().get(matcher.group(1)))
                .filter(key -> key.secret()
                        .filter(secret -> MessageDigest.isEqual(hash, secret.bytes()))
                        .isPresent())
                .filter(key -> clock.instant().isBefore(key.expires()));
    }
}
