package io.serai.runtime.internal.invocation;

import io.serai.api.service.Workload;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Lets so many calls of one workload run at a time; the others wait in line. A call that has a permit may run on any
 * thread; calls that had to wait run on threads of the bulkhead. Thread-safe.
 */
final class Bulkhead {
    private final Workload workload;
    private final ExecutorService threads;
    private final Queue<ServiceCall> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger queued = new AtomicInteger();
    /** How many calls may still begin; below zero while calls have back what they lent, see {@link #reclaim}. */
    private final AtomicInteger permits;

    private volatile int concurrent;
    private volatile int queueLimit;

    Bulkhead(Workload workload, int concurrent, int queueLimit) {
        this.workload = workload;
        this.threads = BulkheadThreads.of(workload);
        this.permits = new AtomicInteger(concurrent);
        this.concurrent = concurrent;
        this.queueLimit = queueLimit;
    }

    /** Returns the bit by which a call remembers that it runs under a permit of this bulkhead. */
    int bit() {
        return workload == Workload.CPU ? 1 : 2;
    }

    /** Changes the limits; calls that run or wait go on. */
    synchronized void resize(int newConcurrent, int newQueueLimit) {
        int change = newConcurrent - concurrent;
        concurrent = newConcurrent;
        queueLimit = newQueueLimit;
        permits.addAndGet(change);
        startWaiting();
    }

    /** Takes a permit if one is free and nobody waits for it; it must be released. */
    boolean tryAcquire() {
        return queued.get() == 0 && takePermit();
    }

    /** Gives a permit back, and starts the call that has waited longest. */
    void release() {
        permits.incrementAndGet();
        startWaiting();
    }

    /** Takes a permit back that its holder released while it waited for another call, even if none is free. */
    void reclaim() {
        permits.decrementAndGet();
    }

    /**
     * Runs a call on a thread of this bulkhead, as soon as there is a permit.
     *
     * @return false if too many wait already
     */
    boolean submit(ServiceCall call) {
        if (tryAcquire()) {
            start(call);
            return true;
        }
        if (queued.incrementAndGet() > queueLimit) {
            queued.decrementAndGet();
            return false;
        }
        queue.add(call);
        // A permit may have come back before the call was in the queue.
        startWaiting();
        return true;
    }

    /** Takes a call out of the queue that is no longer wanted. */
    void forget(ServiceCall call) {
        if (queue.remove(call)) {
            queued.decrementAndGet();
        }
    }

    /** Runs something short that must not run on the thread at hand, without a permit. */
    void execute(Runnable task) {
        threads.execute(task);
    }

    /** Ends the threads of this bulkhead. */
    void close() {
        threads.shutdownNow();
    }

    /** Says why a call was refused: for people. */
    String occupancy() {
        return concurrent + " calls of the workload " + workload + " run and " + queued.get() + " wait";
    }

    private void startWaiting() {
        while (queued.get() > 0 && takePermit()) {
            ServiceCall next = poll();
            if (next != null) {
                start(next);
            } else {
                permits.incrementAndGet();
                if (queue.isEmpty()) {
                    return; // what is counted, but not there yet, tries for itself
                }
            }
        }
    }

    private void start(ServiceCall call) {
        try {
            threads.execute(() -> runOnOwnThread(call));
        } catch (RejectedExecutionException e) {
            permits.incrementAndGet();
            call.refuse(CallFailures.STOPPED);
        }
    }

    private void runOnOwnThread(ServiceCall call) {
        call.run(bit());
        release();
        call.settle();
    }

    private @Nullable ServiceCall poll() {
        ServiceCall call = queue.poll();
        if (call != null) {
            queued.decrementAndGet();
        }
        return call;
    }

    private boolean takePermit() {
        for (int free = permits.get(); free > 0; free = permits.get()) {
            if (permits.compareAndSet(free, free - 1)) {
                return true;
            }
        }
        return false;
    }
}
