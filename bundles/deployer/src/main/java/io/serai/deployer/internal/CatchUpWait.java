package io.serai.deployer.internal;

import io.serai.api.cluster.ClusterService;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Whether this node may begin to run what the state says: not before it has what other nodes have, or it would run for a
 * moment what was replaced or removed while it was away. A cluster that says nothing holds it up for some seconds only.
 */
final class CatchUpWait implements BooleanSupplier {
    private static final long PATIENCE_NANOS = Duration.ofSeconds(10).toNanos();

    private final LongSupplier nanoTime;
    private final Runnable changed;
    private final long sinceNanos;
    private volatile boolean over;

    /**
     * Begins to wait.
     *
     * @param changed run when it is over before its time
     */
    CatchUpWait(LongSupplier nanoTime, Runnable changed) {
        this.nanoTime = nanoTime;
        this.changed = changed;
        this.sinceNanos = nanoTime.getAsLong();
    }

    /** Waits for what a cluster says from now on. */
    void waitFor(ClusterService cluster) {
        CompletableFuture<Void> unused = cluster.caughtUp().thenRun(() -> {
            over = true;
            changed.run();
        });
    }

    @Override
    public boolean getAsBoolean() {
        if (!over && nanoTime.getAsLong() - sinceNanos > PATIENCE_NANOS) {
            over = true;
        }
        return over;
    }
}
