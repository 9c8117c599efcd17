package io.serai.security.internal.login;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;

/** Makes the threads {@code security-<role>-1}, which do not keep the process alive. */
final class SecurityThreads {
    private SecurityThreads() {}

    static ExecutorService single(String role) {
        return Executors.newSingleThreadExecutor(named(role));
    }

    static ScheduledExecutorService scheduled(String role) {
        return Executors.newSingleThreadScheduledExecutor(named(role));
    }

    private static ThreadFactory named(String role) {
        return task -> {
            Thread thread = Executors.defaultThreadFactory().newThread(task);
            thread.setName("security-" + role + "-1");
            thread.setDaemon(true);
            return thread;
        };
    }
}
