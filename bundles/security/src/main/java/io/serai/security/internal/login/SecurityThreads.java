package io.serai.security.internal.login;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Makes the threads {@code security-<role>-1}, which do not keep the process alive. */
final class SecurityThreads {
    private SecurityThreads() {}

    static ExecutorService single(String role) {
        return Executors.newSingleThreadExecutor(task -> {
            Thread thread = Executors.defaultThreadFactory().newThread(task);
            thread.setName("security-" + role + "-1");
            thread.setDaemon(true);
            return thread;
        });
    }
}
