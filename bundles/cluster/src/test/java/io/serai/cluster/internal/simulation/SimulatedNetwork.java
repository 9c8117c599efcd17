package io.serai.cluster.internal.simulation;

import io.serai.cluster.internal.transport.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A network in memory on one thread. What is told to all arrives later or not at all; a question arrives at once or gets
 * lost, and so does its answer. Parts do not hear from each other, and some nodes are deaf to another one.
 */
final class SimulatedNetwork {
    private static final int CERTAIN = 100;

    private final Random random;
    private final List<Port> ports = new ArrayList<>();
    private final Deque<Runnable> underWay = new ArrayDeque<>();
    private int lossPercent;
    private @Nullable Port mute;
    private @Nullable Port deaf;

    SimulatedNetwork(Random random) {
        this.random = random;
    }

    /** The transport of one process. */
    final class Port implements Transport {
        private final UUID self = new UUID(random.nextLong(), random.nextLong());
        private @Nullable Receiver receiver;
        int part;

        @Override
        public UUID self() {
            return self;
        }

        @Override
        public List<UUID> view() {
            return ports.stream()
                    .filter(port -> port.part == part)
                    .map(Port::self)
                    .toList();
        }

        @Override
        public void announce(byte[] message) {
            for (Port other : List.copyOf(ports)) {
                if (other != this) {
                    underWay.add(() -> {
                        if (arrives(this, other)) {
                            other.receiver().announced(self, ByteBuffer.wrap(message));
                        }
                    });
                }
            }
        }

        @Override
        public CompletableFuture<ByteBuffer> ask(UUID to, byte[] request, Duration timeout) {
            Optional<Port> other =
                    ports.stream().filter(port -> port.self.equals(to)).findFirst();
            if (other.isPresent() && arrives(this, other.get())) {
                byte[] answer = other.get().receiver().asked(self, ByteBuffer.wrap(request));
                if (arrives(other.get(), this)) {
                    return CompletableFuture.completedFuture(ByteBuffer.wrap(answer));
                }
            }
            return CompletableFuture.failedFuture(new IOException("Nothing came back"));
        }

        private Receiver receiver() {
            if (receiver == null) {
                throw new IllegalStateException("A node is asked before it is connected");
            }
            return receiver;
        }
    }

    private boolean arrives(Port from, Port to) {
        return ports.contains(from)
                && ports.contains(to)
                && from.part == to.part
                && !(from == mute && to == deaf)
                && random.nextInt(CERTAIN) >= lossPercent;
    }

    Port port() {
        return new Port();
    }

    /** Connects a process, to the part of the network it is in. */
    void connect(Port port, Transport.Receiver receiver) {
        port.receiver = receiver;
        ports.add(port);
        tellViews();
    }

    /** Takes a process away, in the middle of whatever it does. */
    void disconnect(Port port) {
        ports.remove(port);
        tellViews();
    }

    /** Loses messages; from now on, and more or fewer of them. */
    void lose(int percent) {
        lossPercent = percent;
    }

    /** Loses all that one node sends to another; the other way round it arrives. */
    void lose(Port from, Port to) {
        mute = from;
        deaf = to;
    }

    /** Parts the network in up to three. */
    void part() {
        int parts = 1 + random.nextInt(3);
        ports.forEach(port -> port.part = random.nextInt(parts));
        tellViews();
    }

    /** Loses nothing any more. */
    void heal() {
        lossPercent = 0;
        mute = null;
        deaf = null;
        ports.forEach(port -> port.part = 0);
        tellViews();
    }

    private void tellViews() {
        List.copyOf(ports).forEach(port -> port.receiver().viewChanged(port.view()));
    }

    /** Has something done after what is under way now. */
    void later(Runnable task) {
        underWay.add(task);
    }

    /** Delivers what is under way for the longest time; returns whether anything was. */
    boolean deliver() {
        if (underWay.isEmpty()) {
            return false;
        }
        underWay.remove().run();
        return true;
    }
}
