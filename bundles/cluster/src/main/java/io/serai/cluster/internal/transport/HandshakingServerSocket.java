package io.serai.cluster.internal.transport;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
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
    private static final long RETRY_MILLIS = 1_000;

    private final SSLContext tls;
    private final ProvedSockets sockets;
    private final BlockingQueue<Socket> proved = new LinkedBlockingQueue<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(new NamedThreads("handshake"));
    private final ScheduledExecutorService deadlines =
            Executors.newSingleThreadScheduledExecutor(new NamedThreads("deadline"));
    private final Queue<Socket> proving = new ConcurrentLinkedQueue<>(); // the one that began first at the head
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
        try {
            while (!isClosed()) {
                admit(super.accept());
            }
        } catch (IOException e) {
            if (!isClosed()) { // such as too many open files, which does not pass within an instant
                AUDIT.warn("Could not accept a connection on the cluster port: cause={}", e.getMessage());
                Future<?> unused =
                        deadlines.schedule(() -> threads.execute(this::receive), RETRY_MILLIS, TimeUnit.MILLISECONDS);
            }
        }
    }

    /** Has a stranger prove itself; if there are too many, the one that has taken longest goes: a member is quick. */
    private void admit(Socket plain) {
        proving.add(plain);
        if (proving.size() > MAX_AT_A_TIME) {
            Socket slowest = proving.poll();
            if (slowest != null) {
                close(slowest);
            }
        }
        try {
            threads.execute(() -> prove(plain));
        } catch (RejectedExecutionException e) {
            close(plain); // the node is stopping
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
            proving.remove(plain);
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
