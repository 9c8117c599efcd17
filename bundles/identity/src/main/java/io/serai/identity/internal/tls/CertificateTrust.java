package io.serai.identity.internal.tls;

import java.security.cert.X509Certificate;
import java.util.Optional;

/** Decides whose certificates count. */
public interface CertificateTrust {

    /**
     * Returns why a chain is refused; empty if it is accepted.
     *
     * @param chain what somebody showed, its own certificate first; not empty
     */
    Optional<Refusal> check(X509Certificate[] chain);

    /** Returns what the chains of those who are accepted end with, to be told to those who ask. */
    X509Certificate[] authorities();

    /** Why a certificate does not count. */
    enum Refusal {
        /** Somebody else has signed it. */
        UNKNOWN_AUTHORITY("its authority is not that of this cluster"),
        /** Its time has passed, or has not come. */
        EXPIRED("it is not valid at this time"),
        /** No member has it any more. */
        REVOKED("no member of the cluster has it: the node was forgotten, or has a newer one");

        private final String text;

        Refusal(String text) {
            this.text = text;
        }

        /** Returns it for people. */
        public String text() {
            return text;
        }
    }
}
