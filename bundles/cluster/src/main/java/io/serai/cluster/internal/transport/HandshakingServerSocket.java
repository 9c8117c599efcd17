package io.serai.cluster.internal.transport;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands out connections whose other side has proved that it belongs to the cluster. JGroups accepts one connection after the
 * other, and a stranger who says nothing would keep members waiting; here each has a thread and a time to prove it.
 */
final class HandshakingServerSocket extends ServerSocket {
    private static final Logger AUDIT = LoggerFactory.getLogger("audit");
    private static final int MAX_AT_A_TIME = 64;
    private static final long IDLE_SECONDS = 30;

    private final SSLContext tls;
    private final ProvedSockets sockets;
    private final BlockingQueue<Socket> proved = new LinkedBlockingQueue<>();
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            0, MAX_AT_A_TIME, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), new NamedThreads("handshake"));
    private final ScheduledExecutorService deadlines =
            Executors.newSingleThreadScheduledExecutor(new NamedThreads("deadline"));
    private final RateLimit refusals = new RateLimit(System::nanoTime);

    HandshakingServerSocket(SSLContext tls, ProvedSockets sockets) throws IOException {
        this.tls = tls;
        this.sockets = sockets;
    }

    @Override
    public void bind(SocketAddress address, int backlog) throws IOException {
        super.bind(address, backlog);
        threads.execute(this::receive);
    }

    @Override
    public Socket accept() throws IOException {
        try {
            Socket socket = proved.take();
            if (isClosed()) {
                throw new SocketException("The server socket is closed");
            }
            return socket;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SocketException("The server socket is closed");
        }
    }

    private void receive() {
        while (!isClosed()) {
            try {
                Socket plain = super.accept();
                try {
                    threads.execute(() -> prove(plain));
                } catch (RejectedExecutionException e) {
                    plain.close(); // so many strangers at a time; a member tries again
                }
            } catch (IOException e) {
                if (!isClosed()) {
                    AUDIT.warn("Could not accept a connection on the cluster port: cause={}", e.getMessage());
                }
            }
        }
    }

    private void prove(Socket plain) {
        ScheduledFuture<?> deadline =
                deadlines.schedule(() -> close(plain), TlsSockets.HANDSHAKE_MILLIS, TimeUnit.MILLISECONDS);
        try {
            SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(plain, null, true);
            socket.setUseClientMode(false);
            socket.setNeedClientAuth(true);
            socket.setEnabledProtocols(TlsSockets.PROTOCOLS);
            socket.startHandshake();
            sockets.add(socket);
            proved.add(socket);
        } catch (IOException e) {
            if (refusals.allows()) {
                AUDIT.warn(
                        "Refused a connection to the cluster port: from={}, cause={}",
                        plain.getRemoteSocketAddress(),
                        e.getMessage());
            }
            close(plain);
        } finally {
            deadline.cancel(false);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it was closed by the other side
        }
    }

    @Override
    public void close() throws IOException {
        super.close();
        threads.shutdownNow();
        deadlines.shutdownNow();
        proved.forEach(HandshakingServerSocket::close);
        proved.add(new Socket()); // wakes whoever waits in accept
    }
}
