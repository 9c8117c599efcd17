package io.serai.identity.internal.pki;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What a node proves itself with.
 *
 * @param key its key; a secret
 * @param chain its certificate first, then those it had before, that of the authority last
 */
public record Credentials(PrivateKey key, List<X509Certificate> chain) {
    /** Copies the chain. */
    public Credentials {
        chain = List.copyOf(chain);
    }

    /** Returns the certificate of the node. */
    public X509Certificate certificate() {
        return chain.get(0);
    }

    /** Returns what members know the certificate by. */
    public String fingerprint() {
        return Fingerprints.of(certificate());
    }

    @Override
    public String toString() {
        return "Credentials[" + fingerprint() + "]";
    }
}
