package io.serai.itests.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A TCP socket that a process listens on, as Linux tells of it in {@code /proc/net/tcp} (proc(5)).
 *
 * @param address where it is bound
 * @param port its port
 */
record ListeningSocket(InetAddress address, int port) {
    private static final String LISTEN = "0A";

    /** Returns those of a process. */
    static List<ListeningSocket> of(long pid) throws IOException {
        String sockets = socketsOf(Path.of("/proc", Long.toString(pid), "fd"));
        List<ListeningSocket> found = new ArrayList<>();
        for (String table : List.of("tcp", "tcp6")) {
            for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "net", table))) {
                List<String> fields = List.of(line.strip().split("\\s+", -1));
                if (fields.get(3).equals(LISTEN) && sockets.contains("socket:[" + fields.get(9) + "]")) {
                    found.add(parse(fields.get(1)));
                }
            }
        }
        return found;
    }

    private static String socketsOf(Path descriptors) throws IOException {
        try (Stream<Path> files = Files.list(descriptors)) {
            return files.map(ListeningSocket::target).collect(Collectors.joining("\n"));
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return ""; // closed in the meantime
        }
    }

    /** Reads an address as groups of four bytes, each in the order of the processor, which is little-endian here. */
    private static ListeningSocket parse(String text) throws IOException {
        int colon = text.indexOf(':');
        byte[] raw = HexFormat.of().parseHex(text.substring(0, colon));
        byte[] address = new byte[raw.length];
        for (int i = 0; i < raw.length; i++) {
            address[i] = raw[i - i % 4 + 3 - i % 4];
        }
        return new ListeningSocket(InetAddress.getByAddress(address), Integer.parseInt(text.substring(colon + 1), 16));
    }
}
