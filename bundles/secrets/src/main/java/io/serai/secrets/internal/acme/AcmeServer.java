package io.serai.secrets.internal.acme;

import java.io.ByteArrayInputStream;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.connector.HttpConnector;
import org.shredzone.acme4j.connector.NetworkSettings;
import org.shredzone.acme4j.provider.GenericAcmeProvider;

/** Connects to a server as its certificate is to be checked; acme4j itself would look for providers with a service loader. */
final class AcmeServer extends GenericAcmeProvider {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final Optional<SSLContext> tls;

    private AcmeServer(Optional<SSLContext> tls) {
        this.tls = tls;
    }

    static Session session(AcmeSpec spec) throws GeneralSecurityException, java.io.IOException {
        Optional<SSLContext> tls = spec.authorities().isEmpty()
                ? Optional.empty()
                : Optional.of(trusting(spec.authorities().get()));
        Session session = new Session(spec.directory(), new AcmeServer(tls));
        session.networkSettings().setTimeout(TIMEOUT);
        return session;
    }

    private static SSLContext trusting(String authorities) throws GeneralSecurityException, java.io.IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        ByteArrayInputStream pem = new ByteArrayInputStream(authorities.getBytes(StandardCharsets.UTF_8));
        int number = 0;
        for (Certificate authority : factory.generateCertificates(pem)) {
            store.setCertificateEntry("authority" + number++, authority);
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, trust.getTrustManagers(), null);
        return tls;
    }

    @Override
    protected HttpConnector createHttpConnector(NetworkSettings settings) {
        return new HttpConnector(settings) {
            @Override
            public HttpClient.Builder createClientBuilder() {
                HttpClient.Builder client = super.createClientBuilder();
                tls.ifPresent(client::sslContext);
                return client;
            }
        };
    }
}
