package io.serai.benchmarks.node;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Asks a node for many paths on few connections, many at a time (RFC 9112, 9.3.2): a client of the usual kind would take a
 * good part of the processors that are measured.
 */
final class Pipeline {
    private static final int AT_A_TIME = 50;

    /** So many as there are processors: requests of one connection are answered one after another. */
    private static final int CONNECTIONS = Runtime.getRuntime().availableProcessors();

    private final int port;
    private final String prefix;
    private final int count;
    private final String text;

    /** How many of each connection's share have answered. */
    private final int[] answered = new int[CONNECTIONS];

    /** Asks for {@code GET /<prefix>0} and so on, each of which has to answer with the text. */
    Pipeline(int port, String prefix, int count, String text) {
        this.port = port;
        this.prefix = prefix;
        this.count = count;
        this.text = text;
    }

    /**
     * Asks those that have not answered yet, and returns whether all have now. It asks for the last one first, and for no
     * other until that is there: fifty refusals each time would take the processors that are measured.
     */
    boolean allAnswer() {
        return ask(count - 1, count) == 1
                && IntStream.range(0, CONNECTIONS).parallel().allMatch(this::shareAnswers);
    }

    private boolean shareAnswers(int connection) {
        int share = (count + CONNECTIONS - 1) / CONNECTIONS;
        int end = Math.min((connection + 1) * share, count);
        int begin = connection * share + answered[connection];
        int more = ask(begin, end);
        answered[connection] += more;
        return begin + more == end;
    }

    /** Returns how many of a range have answered before one did not. */
    private int ask(int begin, int end) {
        int good = 0;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
            OutputStream out = socket.getOutputStream();
            for (int from = begin; begin + good == from && from < end; from += AT_A_TIME) {
                int to = Math.min(from + AT_A_TIME, end);
                out.write(requests(from, to));
                for (int i = from; i < to; i++) {
                    good += answer(in).contains(text) && begin + good == i ? 1 : 0;
                }
            }
        } catch (IOException e) {
            return good; // those before it have answered; the rest is asked again
        }
        return good;
    }

    private byte[] requests(int from, int to) {
        StringBuilder requests = new StringBuilder();
        for (int i = from; i < to; i++) {
            requests.append("GET /").append(prefix).append(i).append(" HTTP/1.1\r\nHost: localhost\r\n\r\n");
        }
        return requests.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** Returns the body of an answer; empty if its status is not 200. */
    private static String answer(InputStream in) throws IOException {
        boolean good = line(in).contains(" 200");
        int length = 0;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(header.substring(header.indexOf(':') + 1).strip());
            }
        }
        String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        return good ? body : "";
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int read = in.read(); read != '\n'; read = in.read()) {
            if (read < 0) {
                throw new EOFException("the node closed the connection");
            }
            line.write(read);
        }
        return line.toString(StandardCharsets.US_ASCII).strip();
    }
}
