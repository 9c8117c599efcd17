package io.serai.identity.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/** Connections over loopback, with certificates asked for in both directions. */
final class Handshake {
    private static final int TIMEOUT_SECONDS = 10;

    private Handshake() {}

    /** A server that answers a byte with the same one. */
    static final class Server implements AutoCloseable {
        private final SSLServerSocket socket;
        private final ExecutorService executor = Executors.newCachedThreadPool();

        Server(SSLContext tls) throws IOException {
            socket = (SSLServerSocket)
                    tls.getServerSocketFactory().createServerSocket(0, 0, InetAddress.getLoopbackAddress());
            socket.setNeedClientAuth(true);
        }

        /** Connects, and returns the session as the server has it, after both have heard from each other. */
        SSLSession connect(SSLContext client) throws IOException {
            Future<SSLSession> served = executor.submit(this::serve);
            try (SSLSocket connection = (SSLSocket)
                    client.getSocketFactory().createSocket(socket.getInetAddress(), socket.getLocalPort())) {
                connection.setSoTimeout((int) TimeUnit.SECONDS.toMillis(TIMEOUT_SECONDS));
                connection.getOutputStream().write(42);
                int answer = connection.getInputStream().read(); // with TLS 1.3 a client hears of a refusal only then
                if (answer != 42) {
                    throw new IOException("The server has closed the connection");
                }
            } finally {
                settle(served);
            }
            return await(served);
        }

        private SSLSession serve() throws IOException {
            try (SSLSocket connection = (SSLSocket) socket.accept()) {
                connection.setSoTimeout((int) TimeUnit.SECONDS.toMillis(TIMEOUT_SECONDS));
                connection.getOutputStream().write(connection.getInputStream().read());
                return connection.getSession();
            }
        }

        private static void settle(Future<SSLSession> served) {
            try {
                await(served);
            } catch (IOException e) {
                // what the client saw counts
            }
        }

        private static SSLSession await(Future<SSLSession> served) throws IOException {
            try {
                return served.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                throw new IOException(e.getCause());
            } catch (InterruptedException | TimeoutException e) {
                throw new AssertionError("The server does not get to an end", e);
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
            executor.shutdownNow();
        }
    }
}
