package io.serai.security.internal.login;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Lets half of the processors hash passwords, so that a flood of logins leaves the node the other half. Thread-safe. */
final class HashSlots {
    private static final int MAX_WAITING = 64;
    private static final long PATIENCE_SECONDS = 5;

    private final Semaphore slots;

    HashSlots() {
        this(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
    }

    HashSlots(int count) {
        slots = new Semaphore(count, true);
    }

    /** Returns whether the caller has a slot now, which it gives back; waits for a while. */
    boolean enter() {
        if (slots.getQueueLength() >= MAX_WAITING) {
            return false;
        }
        try {
            return slots.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void leave() {
        slots.release();
    }
}
