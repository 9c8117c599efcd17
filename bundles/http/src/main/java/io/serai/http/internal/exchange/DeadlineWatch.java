package io.serai.http.internal.exchange;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Answers for calls that do not come back: a service runs on the thread that read the request, so that thread cannot see
 * the deadline pass. The runtime interrupts the service at its deadline; this is for services that ignore that.
 */
public final class DeadlineWatch implements Runnable {
    private static final long PERIOD_MILLIS = 100;

    private final Set<Exchange> calls = ConcurrentHashMap.newKeySet();
    private final LongSupplier nanoTime;
    private final Scheduler scheduler;

    /** Makes a watch; it starts when it is run. */
    public DeadlineWatch(LongSupplier nanoTime, Scheduler scheduler) {
        this.nanoTime = nanoTime;
        this.scheduler = scheduler;
    }

    long nanoTime() {
        return nanoTime.getAsLong();
    }

    void enter(Exchange call) {
        calls.add(call);
    }

    void leave(Exchange call) {
        calls.remove(call);
    }

    @Override
    public void run() {
        long now = nanoTime();
        calls.removeIf(call -> now - call.deadline() > 0 && call.expire());
        if (scheduler.isRunning()) {
            scheduler.schedule(this, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        }
    }
}
