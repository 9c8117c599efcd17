package io.serai.identity.internal.tls;

import io.serai.identity.internal.pki.Fingerprints;
import io.serai.identity.internal.tls.CertificateTrust.Refusal;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Brings a decision about certificates to TLS, and refusals to the audit log. Names of hosts are not looked at: who a node
 * is does not depend on its address.
 */
public final class AuditedTrust extends X509ExtendedTrustManager {
    private static final String UNKNOWN = "unknown";

    private final CertificateTrust trust;
    private final RefusalLog refusals;

    /** Asks a trust and tells a log. */
    public AuditedTrust(CertificateTrust trust, RefusalLog refusals) {
        this.trust = trust;
        this.refusals = refusals;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        check(chain, UNKNOWN);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        check(chain, address(socket));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check(chain, address(engine));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        check(chain, UNKNOWN);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        check(chain, address(socket));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check(chain, address(engine));
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return trust.authorities();
    }

    private void check(X509Certificate[] chain, String address) throws CertificateException {
        if (chain == null || chain.length == 0) {
            throw new IllegalArgumentException("No certificate was shown");
        }
        Optional<Refusal> refusal = trust.check(chain);
        if (refusal.isPresent()) {
            refusals.refused(refusal.get(), chain[0], address);
            throw new CertificateException("Certificate " + Fingerprints.of(chain[0]) + " of " + address
                    + " was refused: " + refusal.get().text());
        }
    }

    private static String address(Socket socket) {
        return socket == null ? UNKNOWN : String.valueOf(socket.getRemoteSocketAddress());
    }

    private static String address(SSLEngine engine) {
        return engine == null || engine.getPeerHost() == null
                ? UNKNOWN
                : engine.getPeerHost() + ":" + engine.getPeerPort();
    }
}
