package io.serai.cluster.internal.coordination;

import io.serai.cluster.internal.transport.NamedThreads;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread {@code cluster-coordination-1}. */
public final class ThreadAgenda implements Agenda, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ThreadAgenda.class);

    private final SecureRandom random = new SecureRandom();
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(new NamedThreads("coordination"));

    @Override
    public void execute(Runnable task) {
        after(Duration.ZERO, task);
    }

    @Override
    public void after(Duration delay, Runnable task) {
        try {
            Future<?> unused = thread.schedule(() -> run(task), delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("Dropped a task, the node is stopping");
        }
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) { // the edge of a task
            LOG.error("Could not finish a task of coordination", e);
        }
    }

    /** Runs a task on the thread and waits for it. */
    public void finish(Runnable task) {
        call(Executors.callable(task));
    }

    /** Runs something on the thread and waits for it. */
    <T> T call(Callable<T> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        try {
            thread.execute(() -> {
                try {
                    result.complete(task.call());
                } catch (Exception e) { // handed to whoever waits
                    result.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            throw new IllegalStateException("The node is stopping", e);
        }
        return join(result);
    }

    private static <T> T join(CompletableFuture<T> result) {
        try {
            return result.orTimeout(1, TimeUnit.MINUTES).join();
        } catch (CompletionException e) {
            throw new IllegalStateException("Coordination failed: " + e.getCause(), e);
        }
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public long currentTimeMillis() {
        return System.currentTimeMillis();
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
