package io.serai.camel.internal;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the calls that go through, and lets none in after it was closed: what is in flight when it closes is known for
 * sure. Thread-safe, without a lock.
 */
final class CallGate {
    /** The sign bit says closed, the other bits count. */
    private static final int CLOSED = Integer.MIN_VALUE;

    private final AtomicInteger state = new AtomicInteger(CLOSED);

    void open() {
        state.updateAndGet(value -> value & ~CLOSED);
    }

    void close() {
        state.updateAndGet(value -> value | CLOSED);
    }

    /** Lets a call in, which then must {@link #leave}; false if it is closed. */
    boolean enter() {
        return state.getAndUpdate(value -> value < 0 ? value : value + 1) >= 0;
    }

    void leave() {
        state.decrementAndGet();
    }

    int inFlight() {
        return state.get() & ~CLOSED;
    }
}
