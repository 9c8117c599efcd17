package io.serai.cluster.internal.transport;

import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes the threads {@code cluster-<role>-<n>}, which do not keep the process alive. */
public final class NamedThreads implements ThreadFactory {
    private final String role;
    private final AtomicInteger number = new AtomicInteger();

    /** Makes threads for a role. */
    public NamedThreads(String role) {
        this.role = role;
    }

    @Override
    public Thread newThread(Runnable task) {
        Thread thread = Executors.defaultThreadFactory().newThread(task);
        thread.setName("cluster-" + role + "-" + number.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }
}
