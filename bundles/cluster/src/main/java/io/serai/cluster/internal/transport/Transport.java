package io.serai.cluster.internal.transport;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * How a node reaches the others. A process is known by a number that it drew when it started, not by the node it is, so that
 * two processes of one node can be told apart. Thread-safe.
 */
public interface Transport {

    /** Returns the number of this process. */
    UUID self();

    /** Returns the processes in reach, this one included; the first one leads. */
    List<UUID> view();

    /** Sends something to all others; does not block for long, and promises nothing. */
    void announce(byte[] message);

    /**
     * Asks another process.
     *
     * @return completes with what {@link Receiver#asked} has returned there, or with a failure after the timeout, or when the
     *     other one is gone
     */
    CompletableFuture<ByteBuffer> ask(UUID to, byte[] request, Duration timeout);

    /** Told what comes from the others. */
    interface Receiver {
        /** Is told who is in reach now; returns at once. */
        void viewChanged(List<UUID> view);

        /** Is told what another one has sent to all, in the order it was sent; returns at once. */
        void announced(UUID from, ByteBuffer message);

        /** Answers what another one asks; may take its time. */
        byte[] asked(UUID from, ByteBuffer request);
    }
}
