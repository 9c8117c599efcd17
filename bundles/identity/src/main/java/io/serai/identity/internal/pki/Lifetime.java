package io.serai.identity.internal.pki;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;

/** When a certificate is to be renewed. */
public final class Lifetime {
    private static final int RENEWED_AT_PART = 3; // a third is left: time enough for a node that is off for long

    private Lifetime() {}

    /** Returns whether less than a third of the time is left, or none. */
    public static boolean isAlmostOver(X509Certificate certificate, Instant now) {
        Instant from = certificate.getNotBefore().toInstant();
        Instant until = certificate.getNotAfter().toInstant();
        return !now.isBefore(until.minus(Duration.between(from, until).dividedBy(RENEWED_AT_PART)));
    }
}
