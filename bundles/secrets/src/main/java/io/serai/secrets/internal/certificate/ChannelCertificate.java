package io.serai.secrets.internal.certificate;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * A certificate, those that certify it, and its key. Immutable.
 *
 * @param chain itself first, each certified by the next
 * @param key its key
 * @param names the host names it is for, in lower case; {@code *.} at the beginning stands for one label
 */
record ChannelCertificate(List<X509Certificate> chain, PrivateKey key, Set<String> names) {
    private static final int MAX_CHAIN = 10;
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";
    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    ChannelCertificate {
        chain = List.copyOf(chain);
        names = Set.copyOf(names);
    }

    /**
     * Reads both from PEM.
     *
     * @throws IllegalArgumentException saying what is wrong, without anything of the key
     */
    static ChannelCertificate read(String chain, char[] key) {
        List<X509Certificate> certificates = chain(chain);
        X509Certificate first = certificates.get(0);
        PrivateKey secret = key(key, first.getPublicKey());
        if (!belongTogether(secret, first.getPublicKey())) {
            throw new IllegalArgumentException(
                    "the key is not that of the certificate; give the two that belong together");
        }
        return new ChannelCertificate(certificates, secret, names(first));
    }

    /** Reads certificates, the first of which is certified by the second, and so on. */
    static List<X509Certificate> chain(String pem) {
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

    private static PrivateKey key(char[] pem, PublicKey like) {
        String text = new String(pem);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException("the key is no PEM of PKCS #8 without a passphrase; convert it with:"
                    + " openssl pkcs8 -topk8 -nodes");
        }
        try {
            byte[] encoded = Base64.getMimeDecoder().decode(text.substring(begin + BEGIN.length(), end));
            PrivateKey key =
                    KeyFactory.getInstance(like.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(encoded));
            Arrays.fill(encoded, (byte) 0);
            return key;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // the cause might have part of it
            throw new IllegalArgumentException(
                    "the key is none for " + like.getAlgorithm() + ", as the certificate has");
        }
    }

    private static boolean belongTogether(PrivateKey key, PublicKey certified) {
        String algorithm =
                switch (certified.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> certified.getAlgorithm();
                };
        byte[] sample = "serai".getBytes(StandardCharsets.UTF_8);
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(sample);
            byte[] signed = signature.sign();
            signature.initVerify(certified);
            signature.update(sample);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
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
        return chain.get(0);
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

    /** Leaves the key out. */
    @Override
    public String toString() {
        return "ChannelCertificate[subject=" + first().getSubjectX500Principal() + "]";
    }
}
