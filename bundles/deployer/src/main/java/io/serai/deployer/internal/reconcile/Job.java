package io.serai.deployer.internal.reconcile;

import io.serai.api.deploy.DeploymentException;
import io.serai.api.deploy.DeploymentException.Reason;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One run of a task by the crew. */
public final class Job {
    private static final int FRAMES_IN_DETAIL = 12;
    private static final int CAUSES = 8;

    private final Task task;
    private final Duration limit;
    private final AtomicReference<@Nullable Ending> ending = new AtomicReference<>();

    // guarded by the crew's lock
    @Nullable Thread thread;

    // guarded by the crew's lock
    long startedNanos;

    // written by the reconciler's thread under the crew's lock
    boolean late;

    private record Ending(boolean givenUp, @Nullable DeploymentException failure) {}

    /**
     * Makes a job.
     *
     * @param limit after how long it is given up; zero for never
     */
    public Job(Task task, Duration limit) {
        this.task = task;
        this.limit = limit;
    }

    /** Returns what it does. */
    public Task task() {
        return task;
    }

    /** Returns whether it has ended, well or not; a job that is given up has. */
    public boolean ended() {
        return ending.get() != null;
    }

    /** Returns whether it was given up, so that it may still hang. */
    public boolean givenUp() {
        Ending end = ending.get();
        return end != null && end.givenUp();
    }

    /** Returns why it failed; empty if it did not, or has not ended. */
    public Optional<DeploymentException> failure() {
        Ending end = ending.get();
        return end == null ? Optional.empty() : Optional.ofNullable(end.failure());
    }

    long patienceNanos() {
        return task.patience().toNanos();
    }

    long limitNanos() {
        return limit.toNanos();
    }

    void execute() {
        DeploymentException failure = null;
        try {
            task.run();
        } catch (DeploymentException e) {
            failure = e;
        } catch (Exception | LinkageError | StackOverflowError e) {
            failure = unexpected(e);
        }
        if (!ending.compareAndSet(null, new Ending(false, failure))) {
            task.undo();
        }
    }

    /** Gives the job up if it has not ended; the caller interrupts its thread. */
    boolean giveUp(Thread hung) {
        return ending.compareAndSet(null, new Ending(true, timeout(hung.getStackTrace())));
    }

    private DeploymentException timeout(StackTraceElement[] stack) {
        String where = Arrays.stream(stack)
                .filter(frame -> !isPlatform(frame.getClassName()))
                .findFirst()
                .map(frame -> ": it hangs in " + frame.getClassName() + "." + frame.getMethodName() + " line "
                        + frame.getLineNumber())
                .orElse("");
        String frames = Arrays.stream(stack)
                .limit(FRAMES_IN_DETAIL)
                .map(frame -> "at " + frame)
                .collect(Collectors.joining("\n"));
        return new DeploymentException(
                Reason.START_FAILED,
                capital(task.subject()) + " did not end within " + seconds() + where
                        + ". Make it return at once and do its waiting on a thread of its own.",
                frames,
                null);
    }

    private String seconds() {
        long millis = limit.toMillis();
        return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
    }

    private DeploymentException unexpected(Throwable thrown) {
        return new DeploymentException(
                Reason.START_FAILED,
                capital(task.subject()) + " failed: " + rootCause(thrown) + ".",
                stackOf(thrown),
                thrown);
    }

    private static boolean isPlatform(String className) {
        return className.startsWith("java.") || className.startsWith("jdk.") || className.startsWith("sun.");
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    /** Returns the words of the innermost cause: {@code IllegalStateException: no port}. */
    public static String rootCause(Throwable thrown) {
        Throwable root = thrown;
        for (int depth = 0; depth < CAUSES && root.getCause() != null; depth++) {
            root = root.getCause();
        }
        String message = root.getMessage();
        return root.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    }

    /** Returns the first frames of a throwable and of its causes. */
    public static String stackOf(Throwable thrown) {
        StringBuilder text = new StringBuilder();
        Throwable cause = thrown;
        for (int depth = 0; depth < CAUSES && cause != null; depth++) {
            text.append(depth == 0 ? "" : "\ncaused by ").append(cause);
            Arrays.stream(cause.getStackTrace()).limit(FRAMES_IN_DETAIL).forEach(f -> text.append("\n  at ")
                    .append(f));
            cause = cause.getCause();
        }
        return text.toString();
    }
}
