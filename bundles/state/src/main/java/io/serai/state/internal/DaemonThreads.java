package io.serai.state.internal;

import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes the threads {@code state-<role>-<n>}, which do not keep the process alive. */
final class DaemonThreads implements ThreadFactory {
    private final String role;
    private final AtomicInteger count = new AtomicInteger();

    DaemonThreads(String role) {
        this.role = role;
    }

    @Override
    public Thread newThread(Runnable task) {
        Thread thread = Executors.defaultThreadFactory().newThread(task);
        thread.setName("state-" + role + "-" + count.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }
}
