package io.serai.itests.node;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** The ports of the nodes of one home, which no other test takes for as long as this one runs. */
public final class PortBlock {
    // of a node, counted from the base and its number: HTTP, shell, administration, cluster
    private static final int[] OFFSETS = {0, 100, 360, 700};
    private static final int NODES = 7;
    private static final int FIRST_PORT = 10_000;
    private static final int LENGTH = 1_000;
    private static final int COUNT = 22;
    private static final int BASES = 100 / (NODES + 1);

    private final ServerSocket base;

    private PortBlock(ServerSocket base) {
        this.base = base;
    }

    /** Returns the base port, which nodes leave to the balancer. */
    public int base() {
        return base.getLocalPort();
    }

    /**
     * Takes a base port whose nodes' ports are free. Bases lie so that no port belongs to two of them, and below the range
     * that systems hand out to clients.
     */
    public static PortBlock claim() {
        int first = ThreadLocalRandom.current().nextInt(COUNT * BASES);
        for (int i = 0; i < COUNT * BASES; i++) {
            int number = (first + i) % (COUNT * BASES);
            int port = FIRST_PORT + number / BASES * LENGTH + number % BASES * (NODES + 1);
            Optional<ServerSocket> base = listen(port);
            if (base.isPresent() && areFree(port)) {
                return new PortBlock(base.get());
            }
            base.ifPresent(PortBlock::close);
        }
        throw new AssertionError("No free ports");
    }

    private static boolean areFree(int base) {
        return IntStream.of(OFFSETS)
                .allMatch(offset -> IntStream.rangeClosed(1, NODES).allMatch(node -> isFree(base + offset + node)));
    }

    private static boolean isFree(int port) {
        Optional<ServerSocket> socket = listen(port);
        socket.ifPresent(PortBlock::close);
        return socket.isPresent();
    }

    /** Listens at all addresses, which fails if somebody does at any of them. */
    private static Optional<ServerSocket> listen(int port) {
        try {
            return Optional.of(new ServerSocket(port, 1));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
