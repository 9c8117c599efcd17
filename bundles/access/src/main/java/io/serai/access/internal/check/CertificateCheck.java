package io.serai.access.internal.check;

import io.serai.access.internal.check.Finding.Unknown;
import io.serai.access.internal.credential.Credential;
import io.serai.access.internal.credential.Credentials;
import io.serai.access.internal.credential.KeySecrets;
import io.serai.access.internal.credential.Proof.Certificate;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Certificates, whose key the client has proved to have in the handshake. Called once for each connection. */
final class CertificateCheck {
    private static final Logger LOG = LoggerFactory.getLogger(CertificateCheck.class);

    private final Clock clock;

    CertificateCheck(Clock clock) {
        this.clock = clock;
    }

    /** Checks a chain, the certificate of the client first. */
    Finding check(Credentials credentials, List<X509Certificate> chain) {
        X509Certificate own = chain.get(0);
        try {
            own.checkValidity(Date.from(clock.instant()));
            Optional<Credential> known = credentials.ofFingerprint(fingerprint(own));
            if (known.isPresent()) {
                return verified(known.get(), own, Optional.empty());
            }
        } catch (CertificateException e) {
            LOG.debug("Does not count a certificate: subject={}", own.getSubjectX500Principal(), e);
            return Unknown.WRONG;
        }
        for (Credential credential : credentials.ofAuthorities()) {
            Certificate wanted = (Certificate) credential.proof();
            boolean named = wanted.subject().isEmpty() || wanted.subject().get().equals(own.getSubjectX500Principal());
            if (named && isSigned(wanted, chain)) {
                Optional<String> subject = wanted.subject().isPresent()
                        ? Optional.empty()
                        : Optional.of(own.getSubjectX500Principal().getName());
                return verified(credential, own, subject);
            }
        }
        return Unknown.WRONG;
    }

    private static Verified verified(Credential credential, X509Certificate own, Optional<String> subject) {
        return Verified.of(credential, subject, own.getNotAfter().toInstant().toEpochMilli(), null);
    }

    private static String fingerprint(X509Certificate certificate) throws CertificateEncodingException {
        return HexFormat.of().formatHex(KeySecrets.sha256(certificate.getEncoded()));
    }

    /** Returns whether an authority has signed a chain, for a client, as Java's own TLS would have it. */
    private static boolean isSigned(Certificate wanted, List<X509Certificate> chain) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (X509Certificate authority : wanted.authorities()) {
                store.setCertificateEntry(String.valueOf(store.size()), authority);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(store);
            X509TrustManager trust = (X509TrustManager) factory.getTrustManagers()[0];
            trust.checkClientTrusted(
                    chain.toArray(X509Certificate[]::new),
                    chain.get(0).getPublicKey().getAlgorithm());
            return true;
        } catch (CertificateException e) {
            LOG.debug("Does not count a certificate", e);
            return false;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("Every Java checks certificates", e);
        }
    }
}
