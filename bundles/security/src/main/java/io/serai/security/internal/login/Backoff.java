package io.serai.security.internal.login;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Makes those wait who have failed often: each time twice as long, up to a limit. Forgets who has not for a while. Thread-safe. */
final class Backoff {
    private static final int MAX_KEYS = 10_000;
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration FORGOTTEN = Duration.ofMinutes(15);
    private static final int MAX_DOUBLINGS = 20;

    private final int free;
    private final Duration longest;
    private final LongSupplier nanoTime;
    private final Object lock = new Object();
    private final Map<String, Failures> failures = new LinkedHashMap<>(); // guarded by lock; the latest last

    /**
     * What is known of a key.
     *
     * @param count how often it has failed
     * @param at when it did last
     * @param pause how long it has to wait from then
     */
    private record Failures(int count, long at, Duration pause) {}

    /**
     * Makes one that knows nobody yet.
     *
     * @param free how many failures nobody has to wait after
     * @param longest the longest that somebody has to wait
     */
    Backoff(int free, Duration longest, LongSupplier nanoTime) {
        this.free = free;
        this.longest = longest;
        this.nanoTime = nanoTime;
    }

    /** Returns how long a key has to wait; empty if it need not. */
    Optional<Duration> pause(String key) {
        synchronized (lock) {
            Failures known = failures.get(key);
            if (known == null) {
                return Optional.empty();
            }
            Duration left = known.pause().minusNanos(nanoTime.getAsLong() - known.at());
            return left.isNegative() || left.isZero() ? Optional.empty() : Optional.of(left);
        }
    }

    /** Notes a failure, and returns how long the key has to wait now. */
    Duration failed(String key) {
        synchronized (lock) {
            long now = nanoTime.getAsLong();
            Failures before = failures.remove(key);
            boolean forgotten = before == null || now - before.at() > FORGOTTEN.toNanos();
            int count = forgotten ? 1 : before.count() + 1;
            Duration pause = count < free ? Duration.ZERO : pause(count - free);
            if (failures.size() >= MAX_KEYS) {
                failures.remove(failures.keySet().iterator().next());
            }
            failures.put(key, new Failures(count, now, pause));
            return pause;
        }
    }

    /** Returns how often a key has failed lately. */
    int count(String key) {
        synchronized (lock) {
            Failures known = failures.get(key);
            return known == null || nanoTime.getAsLong() - known.at() > FORGOTTEN.toNanos() ? 0 : known.count();
        }
    }

    private Duration pause(int doublings) {
        Duration pause = FIRST.multipliedBy(1L << Math.min(doublings, MAX_DOUBLINGS));
        return pause.compareTo(longest) > 0 ? longest : pause;
    }
}
