package io.serai.access.internal.check;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Makes addresses wait from which too many attempts have failed lately, so that secrets cannot be guessed by trying, and wrong
 * ones take no processor time. Of IPv6 a network of 64 bits counts as one address, since its user has all of it. Thread-safe.
 */
final class FailureThrottle {
    static final int MAX_FAILURES = 10;
    private static final long WINDOW = TimeUnit.MINUTES.toNanos(1);
    private static final int MAX_ADDRESSES = 10_000;

    private final LongSupplier nanoTime;
    private final Object lock = new Object();
    private final Map<String, Window> failures = new LinkedHashMap<>(); // guarded by lock; the latest last

    private record Window(long start, int count) {}

    FailureThrottle(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Returns whether an address has to wait. */
    boolean isClosed(InetAddress address) {
        synchronized (lock) {
            Window window = failures.get(ClientNetwork.of(address));
            return window != null && window.count() >= MAX_FAILURES && nanoTime.getAsLong() - window.start() < WINDOW;
        }
    }

    /** Notes a failure. */
    void failed(InetAddress address) {
        synchronized (lock) {
            long now = nanoTime.getAsLong();
            String network = ClientNetwork.of(address);
            Window window = failures.remove(network);
            boolean fresh = window == null || now - window.start() >= WINDOW;
            if (failures.size() >= MAX_ADDRESSES) {
                failures.remove(failures.keySet().iterator().next());
            }
            failures.put(network, fresh ? new Window(now, 1) : new Window(window.start(), window.count() + 1));
        }
    }
}
