package io.serai.identity.internal.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLServerSocketFactory;

/** Makes server sockets that speak TLS 1.3 only. */
final class Tls13ServerSockets extends SSLServerSocketFactory {
    private final SSLServerSocketFactory factory;

    Tls13ServerSockets(SSLServerSocketFactory factory) {
        this.factory = factory;
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return factory.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return factory.getSupportedCipherSuites();
    }

    @Override
    public ServerSocket createServerSocket() throws IOException {
        return restricted(factory.createServerSocket());
    }

    @Override
    public ServerSocket createServerSocket(int port) throws IOException {
        return restricted(factory.createServerSocket(port));
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog) throws IOException {
        return restricted(factory.createServerSocket(port, backlog));
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog, InetAddress address) throws IOException {
        return restricted(factory.createServerSocket(port, backlog, address));
    }

    private static ServerSocket restricted(ServerSocket socket) {
        ((SSLServerSocket) socket).setEnabledProtocols(new String[] {Tls13Context.PROTOCOL});
        return socket;
    }
}
