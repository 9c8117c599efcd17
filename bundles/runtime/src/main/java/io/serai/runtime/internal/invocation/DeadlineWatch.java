package io.serai.runtime.internal.invocation;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Ends calls whose time is over. One thread looks at all of them every few milliseconds as long as there are any, so that
 * a call need not set a timer; when there has been none for a while, it sleeps until the next one comes.
 */
final class DeadlineWatch {
    /** A timeout is in whole milliseconds and seldom below a second: 10 ms late is soon enough. */
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /** Long enough that steady traffic of a few calls a second does not wake the thread for each. */
    private static final int IDLE_TICKS = 100;

    private final InFlightCalls calls;
    private final ExecutorService executor =
            Executors.newSingleThreadExecutor(BulkheadThreads.named("runtime-deadline-"));
    private volatile boolean asleep;
    private volatile boolean closed;
    private volatile @Nullable Thread thread;

    DeadlineWatch(InFlightCalls calls) {
        this.calls = calls;
        executor.execute(this::watch);
    }

    /** Makes sure that somebody watches; to be called after a call was added. */
    void wake() {
        if (asleep) {
            asleep = false;
            LockSupport.unpark(thread);
        }
    }

    void close() {
        closed = true;
        executor.shutdownNow();
    }

    private void watch() {
        thread = Thread.currentThread();
        int idle = 0;
        while (!closed) {
            idle = sweep() ? 0 : idle + 1;
            if (idle < IDLE_TICKS) {
                LockSupport.parkNanos(this, TICK_NANOS);
            } else {
                sleep();
                idle = 0;
            }
        }
    }

    /** Sleeps, unless a call came while this was being decided: it may have found the watch awake. */
    private void sleep() {
        asleep = true;
        if (sweep()) {
            asleep = false;
        }
        while (asleep && !closed) {
            LockSupport.park(this);
        }
    }

    /** Returns whether there were any calls. */
    private boolean sweep() {
        Sweep sweep = new Sweep(System.nanoTime());
        calls.forEach(sweep::look);
        return sweep.any;
    }

    private static final class Sweep {
        private final long now;
        private boolean any;

        Sweep(long now) {
            this.now = now;
        }

        void look(ServiceCall call) {
            any = true;
            if (call.isOverdue(now)) {
                call.expire();
            }
        }
    }
}
