package io.serai.access.internal.check;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.DiscardPolicy;

/** The threads of this bundle, each for one role. */
public final class AccessThreads {
    private AccessThreads() {}

    /** Returns an executor of one thread, which drops what it is given after its end. */
    public static ScheduledExecutorService single(String role) {
        return new ScheduledThreadPoolExecutor(
                1,
                task -> {
                    Thread thread = Executors.defaultThreadFactory().newThread(task);
                    thread.setName("access-" + role + "-1");
                    thread.setDaemon(true);
                    return thread;
                },
                new DiscardPolicy());
    }
}
