package io.serai.runtime.internal.invocation;

import io.serai.api.service.Workload;
import java.lang.reflect.InvocationTargetException;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;

/** The threads for calls that do not run on their caller's. */
final class BulkheadThreads {
    /** The first release in which virtual threads are final (JEP 444). */
    private static final int VIRTUAL_SINCE = 21;

    private BulkheadThreads() {}

    /**
     * Makes an executor that has a thread for every task at once. Calls that wait get virtual threads where the JVM has
     * them; calls that compute never do: they would keep the few threads which all virtual ones share.
     */
    static ExecutorService of(Workload workload) {
        String prefix = "runtime-" + workload.name().toLowerCase(Locale.ROOT) + "-";
        if (workload == Workload.NETWORK && Runtime.version().feature() >= VIRTUAL_SINCE) {
            return virtual(prefix);
        }
        return Executors.newCachedThreadPool(named(prefix));
    }

    /** Makes threads named by a prefix and a number, which do not keep the JVM alive nor a caller's class loader. */
    static ThreadFactory named(String prefix) {
        ThreadFactory threads = Executors.defaultThreadFactory();
        AtomicLong number = new AtomicLong();
        return task -> {
            Thread thread = threads.newThread(task);
            thread.setName(prefix + number.incrementAndGet());
            thread.setDaemon(true);
            thread.setContextClassLoader(BulkheadThreads.class.getClassLoader());
            return thread;
        };
    }

    /** By reflection, because the bundle is compiled for a Java that has no virtual threads. */
    private static ExecutorService virtual(String prefix) {
        try {
            Class<?> builderType = Class.forName("java.lang.Thread$Builder");
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            builder = builderType.getMethod("name", String.class, long.class).invoke(builder, prefix, 1L);
            Object factory = builderType.getMethod("factory").invoke(builder);
            return (ExecutorService) Executors.class
                    .getMethod("newThreadPerTaskExecutor", ThreadFactory.class)
                    .invoke(null, factory);
        } catch (ClassNotFoundException
                | NoSuchMethodException
                | IllegalAccessException
                | InvocationTargetException e) {
            throw new IllegalStateException("Cannot make virtual threads on Java " + Runtime.version(), e);
        }
    }
}
