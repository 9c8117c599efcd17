package io.serai.api.cluster;

import java.security.cert.X509Certificate;
import java.util.Objects;
import java.util.Optional;

/**
 * A certificate of the cluster.
 *
 * @param node the name of the member that may show it; empty for that of the authority, which has signed the others
 * @param fingerprint its SHA-256 fingerprint, in lower-case hexadecimal digits
 * @param certificate itself; empty if the state has its fingerprint only
 * @param inUse whether it is the one that the member shows; the one before it is accepted until the next replaces this one
 */
public record ClusterCertificate(
        Optional<String> node, String fingerprint, Optional<X509Certificate> certificate, boolean inUse) {
    /** Checks that all is there. */
    public ClusterCertificate {
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(fingerprint, "fingerprint");
        Objects.requireNonNull(certificate, "certificate");
    }
}
