package io.serai.cluster.internal.transport;

import java.io.IOException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections whose other side has proved to belong to the cluster. A certificate is looked at once, when a connection
 * begins; one of a node that was removed since is cut here. Thread-safe.
 */
final class ProvedSockets {
    private static final Logger AUDIT = LoggerFactory.getLogger("audit");

    private final Set<SSLSocket> open = ConcurrentHashMap.newKeySet();

    void add(SSLSocket socket) {
        open.removeIf(SSLSocket::isClosed);
        open.add(socket);
    }

    /**
     * Cuts connections.
     *
     * @param belongs whether the node of a certificate, {@code CN=<id>}, still belongs to the cluster
     */
    void closeUnless(Predicate<String> belongs) {
        open.removeIf(SSLSocket::isClosed);
        for (SSLSocket socket : open) {
            String subject = subject(socket);
            if (!belongs.test(subject)) {
                AUDIT.warn(
                        "Cut the connection of a node that no longer belongs to the cluster: subject={}, address={}",
                        subject,
                        socket.getRemoteSocketAddress());
                close(socket);
            }
        }
    }

    private static String subject(SSLSocket socket) {
        try {
            Certificate first = socket.getSession().getPeerCertificates()[0];
            return ((X509Certificate) first).getSubjectX500Principal().getName();
        } catch (SSLPeerUnverifiedException e) {
            return "";
        }
    }

    private static void close(SSLSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it was closed by the other side
        }
    }
}
