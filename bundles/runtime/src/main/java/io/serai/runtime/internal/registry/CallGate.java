package io.serai.runtime.internal.registry;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts the calls within one instance, and says when the last one has left. Calls count entries and exits apart, in
 * striped counters, so that they do not contend with each other; only closing adds them up.
 */
final class CallGate {
    private final LongAdder entered = new LongAdder();
    private final LongAdder left = new LongAdder();
    private volatile boolean closed;

    /** Enters, unless the gate is closed; who got in must {@link #leave()}. */
    boolean enter() {
        entered.increment();
        if (closed) {
            leave();
            return false;
        }
        return true;
    }

    void leave() {
        left.increment();
        if (closed) {
            synchronized (this) {
                notifyAll();
            }
        }
    }

    /** Lets nobody in any more. */
    void close() {
        closed = true;
    }

    /**
     * Waits until nobody is within; the gate must be closed.
     *
     * @return whether nobody is
     */
    boolean awaitEmpty(long nanos) throws InterruptedException {
        long deadline = System.nanoTime() + nanos;
        synchronized (this) {
            while (!isEmpty()) {
                long remaining = deadline - System.nanoTime();
                if (remaining <= 0) {
                    return false;
                }
                TimeUnit.NANOSECONDS.timedWait(this, Math.max(remaining, TimeUnit.MILLISECONDS.toNanos(1)));
            }
        }
        return true;
    }

    /**
     * Returns whether nobody is within. Exits are added up first: each of them has its entry in the second sum, so that
     * equal sums mean that nobody had entered without leaving.
     */
    private boolean isEmpty() {
        long exits = left.sum();
        return exits == entered.sum();
    }
}
