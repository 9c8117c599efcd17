package io.serai.cluster.internal;

import io.serai.cluster.internal.transport.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A network in memory on one thread: what is sent arrives when a test says so, and questions are answered at once. */
final class MemoryNetwork {
    private static final int MAX_DELIVERIES = 1_000;

    private final List<Port> ports = new ArrayList<>();
    private final Deque<Runnable> deliveries = new ArrayDeque<>();
    private final List<Runnable> afterEach = new ArrayList<>();
    private int sent;

    /** Which announcements get lost. */
    Predicate<byte[]> loses = message -> false;

    /** The transport of one node. */
    final class Port implements Transport {
        private final UUID self = UUID.randomUUID();
        private @Nullable Receiver receiver;
        private int part;
        /** How many questions it still answers before its cable is cut; -1 for all. */
        int answers = -1;

        @Override
        public UUID self() {
            return self;
        }

        @Override
        public List<UUID> view() {
            return inReach().stream().map(Port::self).toList();
        }

        private List<Port> inReach() {
            return ports.stream().filter(port -> port.part == part).toList();
        }

        @Override
        public void announce(byte[] message) {
            for (Port other : inReach()) {
                sent++;
                if (other != this && !loses.test(message)) {
                    deliveries.add(() -> {
                        if (other.part == part) {
                            other.receiver().announced(self, ByteBuffer.wrap(message));
                        }
                    });
                }
            }
        }

        @Override
        public CompletableFuture<ByteBuffer> ask(UUID to, byte[] request, Duration timeout) {
            for (Port other : inReach()) {
                if (other.self.equals(to) && other.answers != 0) {
                    other.answers--;
                    return CompletableFuture.completedFuture(
                            ByteBuffer.wrap(other.receiver().asked(self, ByteBuffer.wrap(request))));
                }
            }
            return CompletableFuture.failedFuture(new IOException("It is not in reach"));
        }

        private Receiver receiver() {
            if (receiver == null) {
                throw new IllegalStateException("A node is asked before it is connected");
            }
            return receiver;
        }
    }

    /** Makes the transport of a node. */
    Port port() {
        return new Port();
    }

    /** Connects a node. */
    void connect(Port port, Transport.Receiver receiver) {
        port.receiver = receiver;
        ports.add(port);
        tellViews();
    }

    /** Parts the network: each node is in the part of its number. */
    void part(int... parts) {
        for (int i = 0; i < parts.length; i++) {
            ports.get(i).part = parts[i];
        }
        tellViews();
    }

    private void tellViews() {
        ports.forEach(port -> port.receiver().viewChanged(port.view()));
    }

    /** Runs what is to be done on a node, after what was to be done before. */
    void later(Runnable task) {
        deliveries.add(task);
    }

    /** Runs something whenever something has been delivered; repositories tell listeners on threads of their own. */
    void afterEach(Runnable task) {
        afterEach.add(task);
    }

    /** Delivers all that is under way, and what comes of it. */
    void settle() {
        int quiet = 0;
        for (int i = 0; quiet < 2; i++) {
            if (i > MAX_DELIVERIES) {
                throw new AssertionError("The nodes do not come to rest");
            }
            afterEach.forEach(Runnable::run);
            int before = sent;
            while (!deliveries.isEmpty()) {
                deliveries.remove().run();
            }
            quiet = sent == before ? quiet + 1 : 0;
        }
    }
}
