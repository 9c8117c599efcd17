package io.serai.cluster.internal.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jgroups.util.DefaultSocketFactory;

/** The sockets of JGroups: both sides prove that they belong to the cluster before anything else is said. */
final class TlsSockets extends DefaultSocketFactory {
    static final String[] PROTOCOLS = {"TLSv1.3"};
    static final int HANDSHAKE_MILLIS = 5_000;

    private final SSLContext tls;
    private final ProvedSockets proved;

    TlsSockets(SSLContext tls, ProvedSockets proved) {
        super(tls);
        this.tls = tls;
        this.proved = proved;
    }

    /** Makes a socket that gives a handshake up which the other side does not answer; a stopped process is such a one. */
    @Override
    public Socket createSocket(String service) throws IOException {
        SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket();
        socket.setEnabledProtocols(PROTOCOLS);
        socket.setSoTimeout(HANDSHAKE_MILLIS);
        socket.addHandshakeCompletedListener(done -> {
            proved.add(socket);
            waitForEver(socket);
        });
        return socket;
    }

    private static void waitForEver(SSLSocket socket) {
        try {
            socket.setSoTimeout(0);
        } catch (SocketException e) {
            // it is closed, which its reader finds out by itself
        }
    }

    @Override
    public ServerSocket createServerSocket(String service) throws IOException {
        return new HandshakingServerSocket(tls, proved);
    }

    @Override
    public ServerSocket createServerSocket(String service, int port, int backlog, InetAddress address)
            throws IOException {
        ServerSocket socket = createServerSocket(service);
        socket.bind(new java.net.InetSocketAddress(address, port), backlog);
        return socket;
    }
}
