package io.serai.admin.internal.exchange;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Makes addresses wait from which too many attempts have failed lately, so that secrets cannot be guessed by trying. Of IPv6 a
 * network of 64 bits counts as one address, since its user has all of it. Thread-safe.
 */
public final class FailureThrottle {
    private static final int MAX_FAILURES = 5;
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int MAX_ADDRESSES = 10_000;
    private static final int NETWORK_BYTES = 8;

    private final LongSupplier nanoTime;
    private final Object lock = new Object();
    // guarded by lock; the times of the failures of an address, those longest without one first
    private final Map<String, Deque<Long>> failures = new LinkedHashMap<>();

    FailureThrottle(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Returns one that knows no address yet: five failures a minute. */
    public static FailureThrottle standard() {
        return new FailureThrottle(System::nanoTime);
    }

    /**
     * Returns how long an address has to wait before its next attempt; empty if it need not.
     *
     * @param address a literal
     */
    public Optional<Duration> wait(String address) {
        synchronized (lock) {
            Deque<Long> times = failures.get(key(address));
            if (times == null) {
                return Optional.empty();
            }
            long now = nanoTime.getAsLong();
            forget(times, now);
            return times.size() < MAX_FAILURES
                    ? Optional.empty()
                    : Optional.of(WINDOW.minusNanos(now - times.getFirst()));
        }
    }

    /** Notes a failure, and returns whether the address has to wait from now on. */
    public boolean failed(String address) {
        synchronized (lock) {
            String key = key(address);
            Deque<Long> times = failures.remove(key);
            if (times == null) {
                times = new ArrayDeque<>();
            }
            long now = nanoTime.getAsLong();
            forget(times, now);
            times.addLast(now);
            if (failures.size() >= MAX_ADDRESSES) {
                failures.remove(failures.keySet().iterator().next());
            }
            failures.put(key, times);
            return times.size() == MAX_FAILURES;
        }
    }

    private static void forget(Deque<Long> times, long now) {
        while (!times.isEmpty() && now - times.getFirst() >= WINDOW.toNanos()) {
            times.removeFirst();
        }
    }

    private static String key(String address) {
        try {
            InetAddress parsed = InetAddress.getByName(address);
            return parsed instanceof Inet6Address
                    ? Arrays.toString(Arrays.copyOf(parsed.getAddress(), NETWORK_BYTES))
                    : address;
        } catch (UnknownHostException e) {
            return address;
        }
    }
}
