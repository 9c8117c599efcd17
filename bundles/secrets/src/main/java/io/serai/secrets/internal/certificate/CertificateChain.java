package io.serai.secrets.internal.certificate;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * A certificate and those that certify it. Immutable.
 *
 * @param certificates itself first, each certified by the next
 * @param names the host names it is for, in lower case; {@code *.} at the beginning stands for one label
 */
record CertificateChain(List<X509Certificate> certificates, Set<String> names) {
    private static final int MAX_CHAIN = 10;
    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    CertificateChain {
        certificates = List.copyOf(certificates);
        names = Set.copyOf(names);
    }

    /**
     * Reads one from PEM: certificates, the first of which is certified by the second, and so on.
     *
     * @throws IllegalArgumentException saying what is wrong
     */
    static CertificateChain read(String pem) {
        List<X509Certificate> certificates = certificates(pem);
        return new CertificateChain(certificates, names(certificates.get(0)));
    }

    private static List<X509Certificate> certificates(String pem) {
        List<X509Certificate> chain = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (var each :
                    factory.generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)))) {
                chain.add((X509Certificate) each);
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the chain is no PEM of X.509 certificates", e);
        }
        if (chain.isEmpty() || chain.size() > MAX_CHAIN) {
            throw new IllegalArgumentException(
                    "the chain has " + chain.size() + " certificates; give 1 to " + MAX_CHAIN + " in PEM");
        }
        for (int i = 1; i < chain.size(); i++) {
            try {
                chain.get(i - 1).verify(chain.get(i).getPublicKey());
            } catch (GeneralSecurityException e) {
                throw new IllegalArgumentException(
                        "certificate " + (i + 1) + " of the chain did not certify the one before it; give that of the"
                                + " channel first, then who certified it, and so on",
                        e);
            }
        }
        return chain;
    }

    private static Set<String> names(X509Certificate certificate) {
        Set<String> names = new TreeSet<>();
        try {
            var alternatives = certificate.getSubjectAlternativeNames();
            for (List<?> name : alternatives == null ? List.<List<?>>of() : alternatives) {
                if (name.get(0).equals(DNS_NAME) || name.get(0).equals(IP_ADDRESS)) {
                    names.add(String.valueOf(name.get(1)).toLowerCase(Locale.ROOT));
                }
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the certificate has alternative names that cannot be read", e);
        }
        return names;
    }

    /** Returns the certificate of the channel. */
    X509Certificate first() {
        return certificates.get(0);
    }

    /** Returns whether it counts at a time. */
    boolean isValid(Instant now) {
        return !now.isBefore(first().getNotBefore().toInstant())
                && now.isBefore(first().getNotAfter().toInstant());
    }

    /** Returns whether it is for a host: 2 by its name, 1 by a wildcard, 0 if it is not. */
    int fits(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        if (names.contains(name)) {
            return 2;
        }
        int dot = name.indexOf('.');
        return dot > 0 && names.contains("*" + name.substring(dot)) ? 1 : 0;
    }

    /** Returns what it is, for people. */
    String describe(Instant now) {
        Instant end = first().getNotAfter().toInstant();
        return first().getSubjectX500Principal() + " for " + String.join(", ", new TreeSet<>(names)) + " until " + end
                + ", " + Duration.between(now, end).toDays() + " days left";
    }

    /** Returns when two thirds of its time are over. */
    Instant renewal() {
        Instant begin = first().getNotBefore().toInstant();
        return begin.plus(Duration.between(begin, first().getNotAfter().toInstant())
                .multipliedBy(2)
                .dividedBy(3));
    }
}
