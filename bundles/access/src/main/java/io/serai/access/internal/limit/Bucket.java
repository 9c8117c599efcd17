package io.serai.access.internal.limit;

import io.serai.access.internal.limit.LimitSpec.Quota;
import io.serai.access.internal.limit.LimitSpec.Rate;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What is left for one of those that are counted for themselves. The rate is held by the generic cell rate algorithm (ITU-T I.371):
 * one number, the time at which the next request would be due if all that passed had come evenly. What passes on other nodes is
 * added when it becomes known, so it may be more than there was, and is made up for by waiting. Thread-safe, without lock.
 */
final class Bucket {
    private final long id;
    private final long interval;
    private final long tolerance;
    private final long quota;
    private final AtomicLong due;
    private final AtomicLong passed = new AtomicLong();
    private final AtomicLong own = new AtomicLong();
    private volatile long others;

    Bucket(long id, LimitSpec spec, long now) {
        this.id = id;
        this.interval = spec.rate().map(Rate::interval).orElse(0L);
        this.tolerance = spec.rate().map(rate -> rate.interval() * rate.burst()).orElse(0L);
        this.quota = spec.quota().map(Quota::requests).orElse(Long.MAX_VALUE);
        this.due = new AtomicLong(now);
    }

    /** Returns what it is known by on all nodes. */
    long id() {
        return id;
    }

    /** Lets one request pass, if it may, at a time in nanoseconds. */
    boolean take(long now) {
        if (own.get() + others >= quota || !takeOfRate(now)) {
            return false;
        }
        passed.incrementAndGet();
        own.incrementAndGet();
        return true;
    }

    private boolean takeOfRate(long now) {
        if (interval == 0) {
            return true;
        }
        while (true) {
            long before = due.get();
            long next = (before - now > 0 ? before : now) + interval;
            if (next - now > tolerance) {
                return false;
            }
            if (due.compareAndSet(before, next)) {
                return true;
            }
        }
    }

    /** Takes back that one passed, which another limit has refused. */
    void giveBack() {
        due.addAndGet(-interval);
        passed.decrementAndGet();
        own.decrementAndGet();
    }

    /** Returns how many may pass now. */
    long remaining(long now) {
        long left = Math.max(0, quota - own.get() - others);
        return interval == 0 ? left : Math.min(left, Math.max(0, (tolerance - debt(now)) / interval));
    }

    /** Returns whether it is the quota that is used up. */
    boolean isQuotaUsedUp() {
        return own.get() + others >= quota;
    }

    /** Returns how long the next one has to wait for the rate, in nanoseconds. */
    long pause(long now) {
        return interval == 0 ? 0 : Math.max(0, debt(now) + interval - tolerance);
    }

    /** Returns after how many seconds the rate is as if nobody had called. */
    long secondsToFull(long now) {
        return TimeUnit.NANOSECONDS.toSeconds(debt(now) + TimeUnit.SECONDS.toNanos(1) - 1);
    }

    private long debt(long now) {
        return Math.max(0, due.get() - now);
    }

    /** Returns how many have passed on this node since this bucket is there. */
    long passed() {
        return passed.get();
    }

    /** Returns how many have passed on this node in the window of the quota. */
    long own() {
        return own.get();
    }

    /** Adds what has passed on this node in the window before this bucket was there. */
    void resume(long before) {
        own.addAndGet(before);
    }

    /** Begins another window. */
    void restart() {
        own.set(0);
        others = 0;
    }

    /** Learns how many have passed on the other nodes in the window of the quota. */
    void othersInWindow(long count) {
        others = count;
    }

    /** Learns that some more have passed on another node. */
    void passedElsewhere(long count, long now) {
        if (interval > 0) {
            long most = Long.MAX_VALUE / 4 / interval;
            due.updateAndGet(before -> (before - now > 0 ? before : now) + Math.min(count, most) * interval);
        }
    }

    /** Returns whether nothing of the rate is used. */
    boolean isFull(long now) {
        return debt(now) == 0;
    }
}
