package io.serai.identity.internal.tls;

import io.serai.identity.internal.pki.Authority;
import io.serai.identity.internal.pki.Fingerprints;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Accepts certificates that the cluster's authority has signed, that are valid now, and that a member has. The last is
 * asked at each handshake, so that who is forgotten is out.
 */
public final class MemberTrust implements CertificateTrust {
    private final X509Certificate authority;
    private final Predicate<String> isMembers;
    private final Clock clock;

    /**
     * Trusts members.
     *
     * @param isMembers whether a member has the certificate of a fingerprint
     */
    public MemberTrust(X509Certificate authority, Predicate<String> isMembers, Clock clock) {
        this.authority = authority;
        this.isMembers = isMembers;
        this.clock = clock;
    }

    @Override
    public Optional<Refusal> check(X509Certificate[] chain) {
        X509Certificate shown = chain[0];
        if (!Authority.hasSigned(authority, shown)) {
            return Optional.of(Refusal.UNKNOWN_AUTHORITY);
        }
        Instant now = clock.instant();
        if (now.isBefore(shown.getNotBefore().toInstant())
                || now.isAfter(shown.getNotAfter().toInstant())) {
            return Optional.of(Refusal.EXPIRED);
        }
        return isMembers.test(Fingerprints.of(shown)) ? Optional.empty() : Optional.of(Refusal.REVOKED);
    }

    @Override
    public X509Certificate[] authorities() {
        return new X509Certificate[] {authority};
    }
}
