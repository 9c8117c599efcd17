package io.serai.identity.internal.join;

import io.serai.identity.internal.pki.Authority;
import io.serai.identity.internal.tls.CertificateTrust;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Accepts nodes of the cluster that made a token, of which a node that has not joined knows nothing but the token. */
final class PinnedAuthority implements CertificateTrust {
    private final String pin;
    private final Clock clock;

    PinnedAuthority(String pin, Clock clock) {
        this.pin = pin;
        this.clock = clock;
    }

    @Override
    public Optional<Refusal> check(X509Certificate[] chain) {
        X509Certificate authority = chain[chain.length - 1];
        if (chain.length < 2 || !Authority.pin(authority).equals(pin) || !Authority.hasSigned(authority, chain[0])) {
            return Optional.of(Refusal.UNKNOWN_AUTHORITY);
        }
        Instant now = clock.instant();
        boolean valid = !now.isBefore(chain[0].getNotBefore().toInstant())
                && !now.isAfter(chain[0].getNotAfter().toInstant());
        return valid ? Optional.empty() : Optional.of(Refusal.EXPIRED);
    }

    @Override
    public X509Certificate[] authorities() {
        return new X509Certificate[0];
    }
}
