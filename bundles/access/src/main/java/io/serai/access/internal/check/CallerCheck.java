package io.serai.access.internal.check;

import io.serai.access.internal.check.Finding.Unknown;
import io.serai.access.internal.check.VerifiedCache.Digest;
import io.serai.access.internal.credential.CredentialDirectory;
import io.serai.access.internal.credential.Credentials;
import io.serai.access.internal.credential.Proof.Token;
import io.serai.api.access.Visit;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Finds out who makes a request. The first of these that it has is what counts: Authorization, a header that may have a key, the
 * certificate of the connection. What was verified before is not verified again: on the same connection it is known at once, on
 * another one by its hash, as long as neither credential nor issuer's keys have changed.
 */
public final class CallerCheck implements AutoCloseable {
    private static final String AUTHORIZATION = "Authorization";
    private static final String BASIC = "basic ";
    private static final String BEARER = "bearer ";
    private static final int SHORT = 128;

    private final CredentialDirectory directory;
    private final Clock clock;
    private final KeySources sources;
    private final VerifiedCache cache = new VerifiedCache();
    private final FailureThrottle throttle = new FailureThrottle(System::nanoTime);
    private final PasswordCheck passwords = new PasswordCheck();
    private final TokenCheck tokens;
    private final CertificateCheck certificates;

    /** Makes one for the credentials of a directory. */
    public CallerCheck(CredentialDirectory directory, Clock clock) {
        this.directory = directory;
        this.clock = clock;
        this.sources = new KeySources(directory);
        this.tokens = new TokenCheck(sources, clock);
        this.certificates = new CertificateCheck(clock);
    }

    /** What was shown last on a connection, and in which header; in none for a certificate. */
    private record Memory(String header, Object shown, Verified verified) {
        boolean isOf(String place, Object other) {
            if (!header.equals(place)) {
                return false;
            }
            return shown == other || (shown instanceof String one && other instanceof String two && isSame(one, two));
        }

        /** Compares short ones in a time that does not tell how much of them is the same; long ones have their hash. */
        private static boolean isSame(String one, String other) {
            if (one.length() != other.length() || one.length() > SHORT) {
                return false;
            }
            int difference = 0;
            for (int i = 0; i < one.length(); i++) {
                difference |= one.charAt(i) ^ other.charAt(i);
            }
            return difference == 0;
        }
    }

    @Override
    public void close() {
        sources.close();
    }

    /** Returns who it is; blocks for long at most while a password is hashed. */
    public Finding find(Visit visit) {
        Optional<Credentials> known = directory.credentials();
        if (known.isEmpty()) {
            return Unknown.LATER;
        }
        Credentials now = known.get();
        Optional<String> authorization = visit.header(AUTHORIZATION);
        if (authorization.isPresent()) {
            return ofText(visit, now, authorization.get());
        }
        for (String header : now.keyHeaders()) {
            Optional<String> key = visit.header(header);
            if (key.isPresent()) {
                return ofKey(visit, now, header, key.get());
            }
        }
        List<X509Certificate> chain = visit.certificates();
        return chain.isEmpty() ? Unknown.NOTHING : ofCertificate(visit, now, chain);
    }

    private Finding ofText(Visit visit, Credentials now, String shown) {
        Optional<Verified> before = remembered(visit, now, AUTHORIZATION, shown);
        if (before.isPresent()) {
            return before.get();
        }
        Digest digest = cache.digest(shown);
        Finding finding =
                cached(now, digest).map(Finding.class::cast).orElseGet(() -> prove(visit, now, shown, digest));
        if (finding instanceof Verified verified) {
            cache.put(digest, verified);
        }
        return noted(visit, AUTHORIZATION, shown, finding);
    }

    private Finding prove(Visit visit, Credentials now, String shown, Digest digest) {
        if (throttle.isClosed(visit.address())) {
            return Unknown.THROTTLED;
        }
        if (shown.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return passwords.check(now, shown.substring(BASIC.length()).strip(), () -> cached(now, digest));
        }
        return shown.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? tokens.check(now, shown.substring(BEARER.length()).strip())
                : Unknown.WRONG;
    }

    private Finding ofKey(Visit visit, Credentials now, String header, String key) {
        Optional<Verified> before = remembered(visit, now, header, key);
        return before.isPresent() ? before.get() : noted(visit, header, key, KeyCheck.check(now, header, key));
    }

    private Finding ofCertificate(Visit visit, Credentials now, List<X509Certificate> chain) {
        Optional<Verified> before = remembered(visit, now, "", chain.get(0));
        if (before.isPresent()) {
            return before.get();
        }
        return throttle.isClosed(visit.address())
                ? Unknown.THROTTLED
                : noted(visit, "", chain.get(0), certificates.check(now, chain));
    }

    private Finding noted(Visit visit, String header, Object shown, Finding finding) {
        if (finding instanceof Verified verified) {
            if (clock.millis() >= verified.until()) {
                return Unknown.WRONG;
            }
            visit.remember(new Memory(header, shown, verified));
        } else if (finding == Unknown.WRONG) {
            throttle.failed(visit.address());
        }
        return finding;
    }

    private Optional<Verified> remembered(Visit visit, Credentials now, String header, Object shown) {
        return visit.remembered()
                .filter(memory -> ((Memory) memory).isOf(header, shown))
                .map(memory -> ((Memory) memory).verified())
                .filter(verified -> counts(now, verified));
    }

    private Optional<Verified> cached(Credentials now, Digest digest) {
        return cache.get(digest).filter(verified -> counts(now, verified));
    }

    /** Returns whether what was verified once would be verified again. */
    private boolean counts(Credentials now, Verified verified) {
        if (!now.stands(verified.credential()) || clock.millis() >= verified.until()) {
            return false;
        }
        return verified.keys() == null
                || (verified.credential().proof() instanceof Token token
                        && sources.of(token.keys())
                                .keys()
                                .filter(verified.keys()::equals)
                                .isPresent());
    }
}
