package io.serai.deployer.internal.reconcile;

import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What other threads want of the reconciler's thread: things to do, and causes to look at the node. Thread-safe. */
public final class Mailbox {
    /** Changes on the node come in flocks, so they are awaited for a moment and looked at together. */
    private static final long DEBOUNCE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final LongSupplier nanoTime;
    /** Something for the reconciler's thread to do. */
    @FunctionalInterface
    public interface Letter {
        /** Does it. */
        void open() throws InterruptedException;
    }

    private final BlockingQueue<Letter> letters = new LinkedBlockingQueue<>();
    private final Object lock = new Object();
    // guarded by lock
    private final EnumSet<Cause> causes = EnumSet.noneOf(Cause.class);
    // guarded by lock
    private long dueNanos;

    /** Makes an empty mailbox. */
    public Mailbox(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Has the reconciler's thread do something. */
    public void post(Letter letter) {
        letters.add(letter);
    }

    /** Has the reconciler look at the node: at once when there is something to apply, else when the flock is in. */
    public void notice(Cause cause) {
        synchronized (lock) {
            if (causes.contains(cause)) {
                return;
            }
            long due = nanoTime.getAsLong() + (cause == Cause.HEAD || cause == Cause.TURN ? 0 : DEBOUNCE_NANOS);
            dueNanos = causes.isEmpty() ? due : Math.min(dueNanos, due);
            causes.add(cause);
        }
        post(() -> {});
    }

    /** Returns in how many nanoseconds there is a cause to look at the node; {@link Long#MAX_VALUE} if there is none. */
    long dueInNanos() {
        synchronized (lock) {
            return causes.isEmpty() ? Long.MAX_VALUE : Math.max(0, dueNanos - nanoTime.getAsLong());
        }
    }

    /** Returns the causes and forgets them. */
    Set<Cause> takeCauses() {
        synchronized (lock) {
            Set<Cause> taken = EnumSet.copyOf(causes);
            causes.clear();
            return taken;
        }
    }

    @Nullable Letter take(long timeoutNanos) throws InterruptedException {
        return letters.poll(timeoutNanos, TimeUnit.NANOSECONDS);
    }
}
