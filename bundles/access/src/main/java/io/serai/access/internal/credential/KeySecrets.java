package io.serai.access.internal.credential;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/** Keys of callers: {@code sck_<id>_<random>}. Nobody can guess 256 random bits, so one SHA-256 is enough to keep them by. */
public final class KeySecrets {
    private static final String PREFIX = "sck_";
    private static final int ID_BYTES = 8;
    private static final int ID_CHARACTERS = 2 * ID_BYTES;
    private static final int RANDOM_BYTES = 32;
    private static final int RANDOM_CHARACTERS = 43;
    private static final int LENGTH = PREFIX.length() + ID_CHARACTERS + 1 + RANDOM_CHARACTERS;
    private static final SecureRandom RANDOM = new SecureRandom();

    private KeySecrets() {}

    /**
     * What was made.
     *
     * @param key is shown once
     * @param id the part of it that is no secret
     * @param hash is kept
     */
    record Made(String key, String id, String hash) {
        @Override
        public String toString() {
            return "Made[" + id + "]";
        }
    }

    static Made make() {
        String id = HexFormat.of().formatHex(random(ID_BYTES));
        String key = PREFIX + id + "_" + Base64.getUrlEncoder().withoutPadding().encodeToString(random(RANDOM_BYTES));
        return new Made(key, id, HexFormat.of().formatHex(sha256(key)));
    }

    /** Returns what a key is found by; empty if it is none. */
    public static Optional<String> id(String key) {
        return key.length() == LENGTH && key.startsWith(PREFIX)
                ? Optional.of(key.substring(PREFIX.length(), PREFIX.length() + ID_CHARACTERS))
                : Optional.empty();
    }

    /** Returns what is kept of a key. */
    public static byte[] sha256(String key) {
        return sha256(key.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns SHA-256 of bytes. */
    public static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private static byte[] random(int count) {
        byte[] bytes = new byte[count];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
