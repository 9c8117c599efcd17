package io.serai.identity.internal;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes the threads {@code identity-<role>-<n>}, which do not keep the process alive. */
final class IdentityThreads implements ThreadFactory {
    private final String role;
    private final AtomicInteger count = new AtomicInteger();

    private IdentityThreads(String role) {
        this.role = role;
    }

    /** Makes one thread that works now and later. */
    static ScheduledExecutorService single(String role) {
        return Executors.newSingleThreadScheduledExecutor(new IdentityThreads(role));
    }

    @Override
    public Thread newThread(Runnable task) {
        Thread thread = Executors.defaultThreadFactory().newThread(task);
        thread.setName("identity-" + role + "-" + count.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }
}
