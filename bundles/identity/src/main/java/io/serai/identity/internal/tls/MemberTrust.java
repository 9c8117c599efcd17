package io.serai.identity.internal.tls;

import io.serai.identity.internal.pki.Authority;
import io.serai.identity.internal.pki.Fingerprints;
import io.serai.identity.internal.pki.Succession;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Accepts certificates that the cluster's authority has signed, that are valid now, and that a member has. The last is
 * asked at each handshake, so that who is forgotten is out. A certificate that a member has had vouches for the next one.
 */
public final class MemberTrust implements CertificateTrust {
    private static final int LONGEST = 4; // nobody has to verify more for a stranger

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
        return belongsToMember(chain) ? Optional.empty() : Optional.of(Refusal.REVOKED);
    }

    /** Returns whether a member has the certificate, or one that leads to it from key to key. */
    private boolean belongsToMember(X509Certificate[] chain) {
        for (int i = 0; i < Math.min(chain.length, LONGEST); i++) {
            if (i > 0 && !(Authority.hasSigned(authority, chain[i]) && Succession.vouches(chain[i], chain[i - 1]))) {
                return false;
            }
            if (isMembers.test(Fingerprints.of(chain[i]))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public X509Certificate[] authorities() {
        return new X509Certificate[] {authority};
    }
}
