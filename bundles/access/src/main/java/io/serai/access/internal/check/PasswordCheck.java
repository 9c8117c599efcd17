package io.serai.access.internal.check;

import io.serai.access.internal.check.Finding.Unknown;
import io.serai.access.internal.credential.Credential;
import io.serai.access.internal.credential.Credentials;
import io.serai.access.internal.credential.PasswordHash;
import io.serai.access.internal.credential.Proof.Password;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * HTTP Basic (RFC 7617). Does the same work whether there is such a user name or not. Hashes few passwords at a time, lest they
 * take all of the memory and of the processors; a few requests wait for that, the others are to come again.
 */
final class PasswordCheck {
    private static final int SLOTS = 2;
    private static final int MAX_WAITING = 32;
    private static final long MAX_WAIT_MILLIS = 2_000;
    private static final int MAX_CHARACTERS = 2_048;

    private final PasswordHash nobody = PasswordHash.nobody();
    private final Semaphore slots = new Semaphore(SLOTS, true);
    private final AtomicInteger waiting = new AtomicInteger();

    /**
     * Checks a user name and a password.
     *
     * @param encoded what follows the scheme
     * @param again looks whether another request has had the same checked while this one waited
     */
    Finding check(Credentials credentials, String encoded, Supplier<Optional<Verified>> again) {
        Optional<String> pair = decode(encoded);
        if (pair.isEmpty()) {
            return Unknown.WRONG;
        }
        if (!enter()) {
            return Unknown.LATER;
        }
        try {
            Optional<Verified> meanwhile = again.get();
            return meanwhile.isPresent() ? meanwhile.get() : check(credentials, pair.get());
        } finally {
            slots.release();
        }
    }

    private Finding check(Credentials credentials, String pair) {
        int colon = pair.indexOf(':');
        Optional<Credential> credential = credentials.ofUsername(pair.substring(0, colon));
        Optional<PasswordHash> hash = credential.flatMap(each -> ((Password) each.proof()).hash());
        boolean right = hash.orElse(nobody).verifies(pair.substring(colon + 1));
        return right && credential.isPresent()
                ? Verified.of(credential.get(), Optional.empty(), Long.MAX_VALUE, null)
                : Unknown.WRONG;
    }

    private static Optional<String> decode(String encoded) {
        if (encoded.length() > MAX_CHARACTERS) {
            return Optional.empty();
        }
        try {
            String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            return pair.indexOf(':') < 0 ? Optional.empty() : Optional.of(pair);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private boolean enter() {
        if (slots.tryAcquire()) {
            return true;
        }
        try {
            return waiting.incrementAndGet() <= MAX_WAITING && slots.tryAcquire(MAX_WAIT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            waiting.decrementAndGet();
        }
    }
}
