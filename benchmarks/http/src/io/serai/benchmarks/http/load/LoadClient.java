package io.serai.benchmarks.http.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks for one path over a number of connections from one thread: each connection sends its next request when it has its
 * answer. Does as little as it can for each, so that the server is what is measured. Requests may differ in a header: each
 * connection has its own one, or each request another.
 */
final class LoadClient implements AutoCloseable {
    private static final byte[] LENGTH = "content-length: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private static final long PAUSE_NANOS = 20_000;

    private final Selector selector = Selector.open();
    private final List<ByteBuffer> requests;
    private final boolean mixed;
    private final int connections;
    private int sent;

    /** One connection, its answer as far as it has come, and when it was asked for. */
    private static final class Connection {
        private final ByteBuffer answer = ByteBuffer.allocate(8192);
        private final SocketChannel channel;
        private final ByteBuffer request;
        private long sentNanos;

        Connection(SocketChannel channel, ByteBuffer request) {
            this.channel = channel;
            this.request = request;
        }
    }

    LoadClient(int port, String path, int connections) throws IOException {
        this(port, path, connections, List.of(""), false);
    }

    /** Connects; lines are headers with their line ends, and mixed says that each request has another one of them. */
    LoadClient(int port, String path, int connections, List<String> lines, boolean mixed) throws IOException {
        this.connections = connections;
        this.mixed = mixed;
        String text = "GET " + path + " HTTP/1.1\r\nHost: localhost:" + port + "\r\nUser-Agent: load\r\nAccept: */*\r\n";
        requests = lines.stream()
                .map(line -> ByteBuffer.wrap((text + line + "\r\n").getBytes(StandardCharsets.US_ASCII)))
                .toList();
        for (int i = 0; i < connections; i++) {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
            channel.configureBlocking(false);
            channel.setOption(java.net.StandardSocketOptions.TCP_NODELAY, true);
            channel.register(selector, SelectionKey.OP_READ, new Connection(channel, requests.get(i % requests.size())));
        }
    }

    /** Runs for a time; returns the times of all requests. */
    Times run(long nanos) throws IOException {
        Times times = new Times();
        long end = System.nanoTime() + nanos;
        for (SelectionKey key : selector.keys()) {
            send((Connection) key.attachment());
        }
        int busy = connections;
        while (busy > 0) {
            selector.select(1_000);
            long now = System.nanoTime();
            if (selector.selectedKeys().isEmpty() && now > end + 5_000_000_000L) {
                throw new IOException(busy + " requests were not answered");
            }
            for (SelectionKey key : selector.selectedKeys()) {
                Connection connection = (Connection) key.attachment();
                if (receive(connection)) {
                    long received = System.nanoTime();
                    times.add(received - connection.sentNanos);
                    if (received < end) {
                        send(connection);
                    } else {
                        busy--;
                    }
                }
            }
            selector.selectedKeys().clear();
        }
        times.lasted(System.nanoTime() - end + nanos);
        return times;
    }

    /**
     * Runs for a time at a rate that does not ask how fast the server is. A request that waits for a free connection has
     * begun when it was due, so that no wait is left out.
     */
    Times run(long nanos, int perSecond) throws IOException {
        Times times = new Times();
        Deque<Connection> idle = new ArrayDeque<>();
        selector.keys().forEach(key -> idle.add((Connection) key.attachment()));
        long interval = 1_000_000_000L / perSecond;
        long due = System.nanoTime();
        long end = due + nanos;
        while (due < end || idle.size() < connections) {
            while (due < end && due <= System.nanoTime() && !idle.isEmpty()) {
                Connection connection = idle.remove();
                send(connection);
                connection.sentNanos = due;
                due += interval;
            }
            if (selector.selectNow() == 0) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            for (SelectionKey key : selector.selectedKeys()) {
                Connection connection = (Connection) key.attachment();
                if (receive(connection)) {
                    times.add(System.nanoTime() - connection.sentNanos);
                    idle.add(connection);
                }
            }
            selector.selectedKeys().clear();
            if (System.nanoTime() > end + 5_000_000_000L) {
                throw new IOException(connections - idle.size() + " requests were not answered");
            }
        }
        times.lasted(System.nanoTime() - end + nanos);
        return times;
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }

    private void send(Connection connection) throws IOException {
        ByteBuffer request = connection.request;
        if (mixed) {
            sent = sent + 1 < requests.size() ? sent + 1 : 0;
            request = requests.get(sent);
        }
        connection.answer.clear();
        connection.sentNanos = System.nanoTime();
        if (connection.channel.write(request.duplicate()) != request.limit()) {
            throw new IOException("The request was not taken in one piece");
        }
    }

    private static boolean receive(Connection connection) throws IOException {
        ByteBuffer answer = connection.answer;
        if (connection.channel.read(answer) < 0) {
            throw new IOException("The server closed the connection");
        }
        int head = endOfHead(answer);
        if (head < 0) {
            return false;
        }
        if (answer.get(9) != '2') {
            throw new IOException("Not answered: " + new String(answer.array(), 0, head, StandardCharsets.US_ASCII));
        }
        int length = contentLength(answer.array(), head);
        return length >= 0 ? answer.position() == head + length : endsWith(answer, END);
    }

    private static int endOfHead(ByteBuffer answer) {
        byte[] bytes = answer.array();
        for (int i = 3; i < answer.position(); i++) {
            if (bytes[i] == '\n' && bytes[i - 1] == '\r' && bytes[i - 2] == '\n' && bytes[i - 3] == '\r') {
                return i + 1;
            }
        }
        return -1;
    }

    private static int contentLength(byte[] bytes, int head) {
        for (int at = 0; at < head - LENGTH.length; at++) {
            int matched = 0;
            while (matched < LENGTH.length && (bytes[at + matched] | 0x20) == (LENGTH[matched] | 0x20)) {
                matched++;
            }
            if (matched == LENGTH.length) {
                int length = 0;
                for (int i = at + matched; bytes[i] >= '0' && bytes[i] <= '9'; i++) {
                    length = length * 10 + bytes[i] - '0';
                }
                return length;
            }
        }
        return -1;
    }

    private static boolean endsWith(ByteBuffer answer, byte[] end) {
        for (int i = 0; i < end.length; i++) {
            if (answer.get(answer.position() - end.length + i) != end[i]) {
                return false;
            }
        }
        return true;
    }
}
