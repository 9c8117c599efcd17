package io.serai.secrets.internal.certificate;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;

/**
 * A certificate, those that certify it, and its key. Immutable.
 *
 * @param chain the certificate
 * @param key its key
 */
record ChannelCertificate(CertificateChain chain, PrivateKey key) {
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";

    /**
     * Reads both from PEM.
     *
     * @throws IllegalArgumentException saying what is wrong, without anything of the key
     */
    static ChannelCertificate read(String pem, char[] key) {
        CertificateChain chain = CertificateChain.read(pem);
        PublicKey certified = chain.first().getPublicKey();
        PrivateKey secret = key(key, certified);
        if (!belongTogether(secret, certified)) {
            throw new IllegalArgumentException(
                    "the key is not that of the certificate; give the two that belong together");
        }
        return new ChannelCertificate(chain, secret);
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

    /** Leaves the key out. */
    @Override
    public String toString() {
        return "ChannelCertificate[subject=" + chain.first().getSubjectX500Principal() + "]";
    }
}
