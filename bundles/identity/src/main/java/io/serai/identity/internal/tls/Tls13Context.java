package io.serai.identity.internal.tls;

import java.security.GeneralSecurityException;
import java.security.KeyManagementException;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** A context that speaks TLS 1.3 and nothing older, unless asked to: the JDK's own offers 1.2 as well. */
public final class Tls13Context extends SSLContext {
    static final String PROTOCOL = "TLSv1.3";

    // More than the seven days that a ticket may last (RFC 8446, 4.6.1), for which the JDK gives none. A session that
    // is
    // resumed shows no certificate, so a node that was forgotten meanwhile would be let in.
    private static final int NO_TICKETS_SECONDS = 8 * 24 * 60 * 60;

    private Tls13Context(SSLContext context) {
        super(new Spi(context), context.getProvider(), PROTOCOL);
    }

    /** Makes one that shows keys and asks a trust. */
    public static SSLContext of(@Nullable X509ExtendedKeyManager keys, X509ExtendedTrustManager trust)
            throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance(PROTOCOL);
        context.init(keys == null ? null : new KeyManager[] {keys}, new TrustManager[] {trust}, null);
        context.getServerSessionContext().setSessionTimeout(NO_TICKETS_SECONDS);
        return new Tls13Context(context);
    }

    private static final class Spi extends SSLContextSpi {
        private final SSLContext context;

        Spi(SSLContext context) {
            this.context = context;
        }

        @Override
        protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random)
                throws KeyManagementException {
            throw new KeyManagementException("The identity of a node cannot be replaced from outside");
        }

        @Override
        protected SSLSocketFactory engineGetSocketFactory() {
            return new Tls13Sockets(context.getSocketFactory());
        }

        @Override
        protected SSLServerSocketFactory engineGetServerSocketFactory() {
            return new Tls13ServerSockets(context.getServerSocketFactory());
        }

        @Override
        protected SSLEngine engineCreateSSLEngine() {
            return restricted(context.createSSLEngine());
        }

        @Override
        protected SSLEngine engineCreateSSLEngine(String host, int port) {
            return restricted(context.createSSLEngine(host, port));
        }

        @Override
        protected SSLSessionContext engineGetServerSessionContext() {
            return context.getServerSessionContext();
        }

        @Override
        protected SSLSessionContext engineGetClientSessionContext() {
            return context.getClientSessionContext();
        }

        @Override
        protected SSLParameters engineGetDefaultSSLParameters() {
            return restricted(context.getDefaultSSLParameters());
        }

        @Override
        protected SSLParameters engineGetSupportedSSLParameters() {
            return restricted(context.getSupportedSSLParameters());
        }

        private static SSLEngine restricted(SSLEngine engine) {
            engine.setEnabledProtocols(new String[] {PROTOCOL});
            return engine;
        }

        private static SSLParameters restricted(SSLParameters parameters) {
            parameters.setProtocols(new String[] {PROTOCOL});
            return parameters;
        }
    }
}
