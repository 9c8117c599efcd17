package io.serai.deployer.internal.reconcile;

import io.serai.api.deploy.Verdict;
import io.serai.api.state.CommitId;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The commit that was applied last. The first one since the start counts when what takes long of it is settled as well: a
 * node is ready when its services answer, and a route takes a moment to come up. What hangs holds it up for some seconds
 * only. Written by the reconciler's thread only.
 */
final class Applied {
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private final VerdictBook book;
    private final LongSupplier nanoTime;
    private volatile @Nullable CommitId commit;
    private @Nullable CommitId first;
    private long dueNanos;

    Applied(VerdictBook book, LongSupplier nanoTime) {
        this.book = book;
        this.nanoTime = nanoTime;
    }

    Optional<CommitId> commit() {
        return Optional.ofNullable(commit);
    }

    /** Takes note that a pass has ended; returns whether it was the first. */
    boolean passed(CommitId head) {
        boolean isFirst = first == null && commit == null;
        if (isFirst) {
            dueNanos = nanoTime.getAsLong() + PATIENCE.toNanos();
        }
        if (commit == null) {
            first = head;
        } else {
            commit = head;
        }
        return isFirst;
    }

    /** Looks whether the first one counts now; returns after how many nanoseconds to look again at the latest. */
    long settle() {
        CommitId waiting = first;
        if (waiting == null) {
            return Long.MAX_VALUE;
        }
        long left = dueNanos - nanoTime.getAsLong();
        if (left > 0 && !book.all().stream().allMatch(Verdict::settled)) {
            return left;
        }
        commit = waiting;
        first = null;
        return Long.MAX_VALUE;
    }
}
