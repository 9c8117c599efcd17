package io.serai.identity.internal.pki;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/**
 * The authority of a cluster. Every node holds it: a node runs what any member commits, so none is more powerful.
 *
 * @param key signs certificates; a secret
 * @param certificate what the signatures are checked with
 */
public record Authority(PrivateKey key, X509Certificate certificate) {

    /** Returns whether an authority has signed a certificate. */
    public static boolean hasSigned(X509Certificate authority, X509Certificate certificate) {
        if (!certificate.getIssuerX500Principal().equals(authority.getSubjectX500Principal())) {
            return false;
        }
        try {
            certificate.verify(authority.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** Returns what an authority is known by whatever its certificate: the SHA-256 of its public key. */
    public static String pin(X509Certificate authority) {
        return Fingerprints.of(authority.getPublicKey().getEncoded());
    }

    @Override
    public String toString() {
        return "Authority[" + Fingerprints.of(certificate) + "]";
    }
}
