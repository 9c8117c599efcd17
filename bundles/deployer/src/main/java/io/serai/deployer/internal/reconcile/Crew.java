package io.serai.deployer.internal.reconcile;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks that may hang, so that none delays another: as soon as one takes longer than {@link Task#patience}, a further
 * thread takes the rest of the queue over. Its own clock is whoever calls {@link #tend}: the reconciler's thread.
 */
public final class Crew implements AutoCloseable {
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(1);

    private final LongSupplier nanoTime;
    private final Consumer<Job> onEnd;
    private final ExecutorService threads;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    // guarded by lock
    private final Set<Queue> queues = new LinkedHashSet<>();

    /** Jobs of one batch, and the threads at work on them. */
    private static final class Queue {
        final Deque<Job> waiting;
        final Set<Job> running = new LinkedHashSet<>();
        final boolean background;

        Queue(Collection<Job> jobs, boolean background) {
            this.waiting = new ArrayDeque<>(jobs);
            this.background = background;
        }

        boolean onlyLateLeft() {
            return waiting.isEmpty() && running.stream().allMatch(job -> job.late);
        }
    }

    /**
     * Makes a crew without any thread yet.
     *
     * @param onEnd is told of each job that has ended while nobody waited for it; must not block
     */
    public Crew(LongSupplier nanoTime, Consumer<Job> onEnd) {
        this.nanoTime = nanoTime;
        this.onEnd = onEnd;
        AtomicInteger count = new AtomicInteger();
        this.threads = Executors.newCachedThreadPool(work -> {
            Thread thread = Executors.defaultThreadFactory().newThread(work);
            thread.setName("deployer-crew-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Runs jobs in their order on some threads, and waits for all but those that take long.
     *
     * @return the jobs that have ended, in their order
     */
    public List<Job> run(List<Job> jobs, int width) throws InterruptedException {
        if (jobs.isEmpty()) {
            return jobs;
        }
        Queue queue = enqueue(new Queue(jobs, false), width);
        List<Job> givenUp = new ArrayList<>();
        lock.lock();
        try {
            long dueNanos = tendAll(givenUp);
            while (!queue.onlyLateLeft()) {
                changed.awaitNanos(dueNanos);
                dueNanos = tendAll(givenUp);
            }
        } finally {
            lock.unlock();
        }
        givenUp.forEach(onEnd);
        return jobs.stream().filter(job -> !job.late).toList();
    }

    /** Has jobs run in their order on some threads, and returns at once. */
    public void start(List<Job> jobs, int width) {
        if (!jobs.isEmpty()) {
            enqueue(new Queue(jobs, true), width);
        }
    }

    private Queue enqueue(Queue queue, int width) {
        int jobs = queue.waiting.size();
        lock.lock();
        try {
            queues.add(queue);
        } finally {
            lock.unlock();
        }
        for (int i = 0; i < Math.min(width, jobs); i++) {
            threads.execute(() -> work(queue));
        }
        return queue;
    }

    private void work(Queue queue) {
        boolean replaced = false;
        while (!replaced) {
            Job job = next(queue);
            if (job == null) {
                return;
            }
            job.execute();
            replaced = leave(queue, job);
            if ((replaced || queue.background) && !job.givenUp()) {
                onEnd.accept(job);
            }
        }
    }

    private @Nullable Job next(Queue queue) {
        lock.lock();
        try {
            Job job = queue.waiting.poll();
            if (job != null) {
                job.thread = Thread.currentThread();
                job.startedNanos = nanoTime.getAsLong();
                queue.running.add(job);
            }
            return job;
        } finally {
            lock.unlock();
        }
    }

    /** Takes note that a job has returned; returns whether another thread has the rest of its queue. */
    private boolean leave(Queue queue, Job job) {
        lock.lock();
        try {
            job.thread = null;
            queue.running.remove(job);
            if (queue.waiting.isEmpty() && queue.running.isEmpty()) {
                queues.remove(queue);
            }
            if (queue.onlyLateLeft()) {
                changed.signalAll();
            }
            return job.late;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Sees to jobs that take long: replaces their threads, and gives up those over their limit.
     *
     * @return after how many nanoseconds it wants to be called again; {@link Long#MAX_VALUE} if nothing runs
     */
    public long tend() {
        List<Job> givenUp = new ArrayList<>();
        long due;
        lock.lock();
        try {
            due = tendAll(givenUp);
        } finally {
            lock.unlock();
        }
        givenUp.forEach(onEnd);
        return due;
    }

    // holds lock
    private long tendAll(List<Job> givenUp) {
        long now = nanoTime.getAsLong();
        long due = Long.MAX_VALUE;
        for (Queue queue : queues) {
            due = Math.min(due, tend(queue, now, givenUp));
        }
        return due;
    }

    // holds lock
    private long tend(Queue queue, long now, List<Job> givenUp) {
        long due = queue.running.isEmpty() && !queue.waiting.isEmpty() ? Task.PATIENCE.toNanos() : Long.MAX_VALUE;
        for (Job job : queue.running) {
            long age = now - job.startedNanos;
            if (!job.late && age >= job.patienceNanos()) {
                job.late = true;
                threads.execute(() -> work(queue));
            }
            Thread thread = job.thread;
            if (limited(job) && age >= job.limitNanos() && thread != null && job.giveUp(thread)) {
                // under the lock, so that the thread cannot have gone on to another job
                thread.interrupt();
                givenUp.add(job);
            }
            due = Math.min(due, dueOf(job, age));
        }
        return due;
    }

    private static long dueOf(Job job, long age) {
        if (!job.late) {
            return job.patienceNanos() - age;
        }
        return limited(job) ? Math.max(1, job.limitNanos() - age) : Long.MAX_VALUE;
    }

    private static boolean limited(Job job) {
        return job.limitNanos() > 0 && !job.ended();
    }

    /** Interrupts whatever runs, and waits shortly for it to end. */
    @Override
    public void close() {
        threads.shutdownNow();
        try {
            threads.awaitTermination(CLOSE_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
