package io.serai.access.internal.check;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What was shown and verified lately, so that a password is not hashed, and no signature verified, for each request. What was
 * shown is known by a hash under a key of this process, from which nobody can tell it. Those not seen for long are forgotten:
 * of two generations the older one goes when the younger is full. Thread-safe.
 */
final class VerifiedCache {
    private static final int GENERATION = 20_000;
    private static final int KEY_BYTES = 64; // a block of SHA-256, so that the secret is all of the first one

    private final byte[] secret = new byte[KEY_BYTES];
    private final Generations generations = new Generations();

    VerifiedCache() {
        new SecureRandom().nextBytes(secret);
    }

    /** What something that was shown is known by. */
    record Digest(long first, long second) {}

    private static final class Generations {
        private volatile Map<Digest, Verified> young = new ConcurrentHashMap<>();
        private volatile Map<Digest, Verified> old = Map.of();

        synchronized void age() {
            if (young.size() >= GENERATION) {
                old = young;
                young = new ConcurrentHashMap<>();
            }
        }
    }

    Digest digest(String shown) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(secret);
            ByteBuffer hash = ByteBuffer.wrap(sha256.digest(shown.getBytes(StandardCharsets.UTF_8)));
            return new Digest(hash.getLong(), hash.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    Optional<Verified> get(Digest digest) {
        Verified known = generations.young.get(digest);
        if (known == null) {
            known = generations.old.get(digest);
            if (known != null) {
                put(digest, known);
            }
        }
        return Optional.ofNullable(known);
    }

    void put(Digest digest, Verified verified) {
        generations.young.put(digest, verified);
        if (generations.young.size() >= GENERATION) {
            generations.age();
        }
    }
}
