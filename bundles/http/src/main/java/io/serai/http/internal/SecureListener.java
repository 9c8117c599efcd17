package io.serai.http.internal;

import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens by TLS as long as there is a certificate to show, if the configuration has a port for it. Thread-safe. */
final class SecureListener {
    private static final Logger LOG = LoggerFactory.getLogger(SecureListener.class);

    private final Server server;
    private final HttpSettings settings;
    private final Object lock = new Object();
    private @Nullable ServerConnector connector; // guarded by lock
    private @Nullable X509ExtendedKeyManager shown; // guarded by lock

    SecureListener(Server server, HttpSettings settings) {
        this.server = server;
        this.settings = settings;
    }

    /** Listens, and shows certificates of these keys; those before are shown no more. */
    void open(X509ExtendedKeyManager keys) {
        if (settings.listener().securePort() < 0) {
            return;
        }
        synchronized (lock) {
            end();
            ServerConnector made = connector(context(keys));
            try {
                server.addConnector(made);
                made.start();
                connector = made;
                shown = keys;
                LOG.info("HTTPS was started: host={}, port={}", made.getHost(), made.getLocalPort());
            } catch (Exception e) { // what Jetty declares
                server.removeConnector(made);
                LOG.error(
                        "HTTPS was not started; stop what uses the port, or set https.port in PID {}: host={}, port={}",
                        HttpConfig.PID,
                        made.getHost(),
                        made.getPort(),
                        e);
            }
        }
    }

    /** Listens no more, if these are the keys that are shown. */
    @SuppressWarnings("ReferenceEquality") // a service is itself
    void close(X509ExtendedKeyManager keys) {
        synchronized (lock) {
            if (shown == keys) {
                end();
            }
        }
    }

    /** Returns the port it listens on; empty if it does not. */
    Optional<Integer> port() {
        synchronized (lock) {
            return Optional.ofNullable(connector).map(ServerConnector::getLocalPort);
        }
    }

    // called with lock held
    private void end() {
        ServerConnector open = connector;
        connector = null;
        shown = null;
        if (open != null) {
            try {
                open.stop();
            } catch (Exception e) { // what Jetty declares
                LOG.warn("HTTPS did not stop in order: port={}", open.getPort(), e);
            }
            server.removeConnector(open);
            LOG.info("HTTPS was stopped: host={}, port={}", open.getHost(), open.getPort());
        }
    }

    private static SSLContext context(X509ExtendedKeyManager keys) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {keys}, new TrustManager[] {new ShownCertificates()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has TLS", e);
        }
    }

    private ServerConnector connector(SSLContext tls) {
        HttpConfiguration http = JettyServer.configuration(settings);
        // callers reach a node by whatever name leads to it
        http.addCustomizer(new SecureRequestCustomizer(false));
        SslContextFactory.Server context = new SslContextFactory.Server();
        context.setSslContext(tls);
        context.setIncludeProtocols("TLSv1.3", "TLSv1.2");
        context.setRenegotiationAllowed(false);
        context.setWantClientAuth(true);
        ServerConnector made = new ServerConnector(
                server,
                new SslConnectionFactory(context, HttpVersion.HTTP_1_1.asString()),
                new HttpConnectionFactory(http));
        made.setHost(settings.listener().host());
        made.setPort(settings.listener().securePort());
        made.setIdleTimeout(settings.listener().capacity().idleTimeout().toMillis());
        return made;
    }
}
