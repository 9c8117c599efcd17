package io.serai.runtime.internal.invocation;

import io.serai.api.runtime.InvocationResult;
import io.serai.api.service.ServiceException;
import io.serai.runtime.internal.registry.ServiceInstance;
import java.io.InputStream;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * One call of one service, and the result its caller waits for. It is ended once: by the service, or by who abandons it
 * (its deadline, its caller, the end of the service), whichever comes first; what the service answers after that is
 * dropped.
 */
final class ServiceCall extends CompletableFuture<InvocationResult> {
    /** It has not begun. */
    private static final int WAITING = 0;
    /** A thread is within the service. */
    private static final int RUNNING = 1;
    /** It was abandoned, and its thread is just being interrupted. */
    private static final int INTERRUPTING = 2;
    /** It was abandoned, and its thread has been interrupted. */
    private static final int INTERRUPTED = 3;
    /** The service has answered or failed. */
    private static final int DONE = 4;
    /** It was abandoned before it began. */
    private static final int ABANDONED = 5;

    private static final AtomicIntegerFieldUpdater<ServiceCall> STATE =
            AtomicIntegerFieldUpdater.newUpdater(ServiceCall.class, "state");

    private final Request request;
    private final ServiceInstance found;
    private final @Nullable Object input;
    private final long startNanos;
    private final long deadlineNanos;

    private volatile int state;
    private int slot = InFlightCalls.NO_SLOT;

    // Written before the call becomes RUNNING, by the thread that runs it
    private int depth;
    private @Nullable ServiceCall enclosing;
    private @Nullable ServiceInstance instance;
    private @Nullable Thread runner;
    private int permits;

    // Written when the call has become DONE, by the same thread, which settles it
    private boolean unsettled;
    private @Nullable InvocationResult result;
    private @Nullable ServiceException failure;

    /**
     * Makes a call that has not begun.
     *
     * @param found the service as it was found; another may have replaced it when the call begins
     * @param startNanos now, as {@link System#nanoTime()} tells it
     * @param deadlineNanos when its time is over, by the same clock
     */
    ServiceCall(Request request, ServiceInstance found, @Nullable Object input, long startNanos, long deadlineNanos) {
        this.request = request;
        this.found = found;
        this.input = input;
        this.startNanos = startNanos;
        this.deadlineNanos = deadlineNanos;
    }

    Request request() {
        return request;
    }

    String serviceName() {
        return found.name();
    }

    /** Returns the service as it was found. */
    ServiceInstance found() {
        return found;
    }

    @Nullable Object input() {
        return input;
    }

    String correlationId() {
        return request.invocation().correlationId();
    }

    long deadlineNanos() {
        return deadlineNanos;
    }

    /** Returns how many calls this one is within. */
    int depth() {
        return depth;
    }

    /** Returns the bits of the bulkheads that the thread of this call has a permit of. */
    int permits() {
        return permits;
    }

    /** Returns whether the current thread is the one that runs this call. */
    boolean isMine() {
        return runner == Thread.currentThread();
    }

    /** Says that the call counts as made by another one. */
    void calledBy(ServiceCall caller) {
        depth = caller.depth + 1;
    }

    /** Remembers where to remove it from the calls in flight. */
    void inSlot(int newSlot) {
        slot = newSlot;
    }

    boolean isOverdue(long nowNanos) {
        return deadlineNanos - nowNanos <= 0;
    }

    /** Runs the call on this thread, within another one that waits for it there. */
    void runWithin(ServiceCall caller, int heldPermits) {
        enclosing = caller;
        run(heldPermits);
    }

    /** Runs the call on this thread, unless it was abandoned; {@link #settle()} must follow. */
    void run(int heldPermits) {
        ServiceInstance entered = request.engine().enter(found);
        if (entered == null) {
            if (STATE.compareAndSet(this, WAITING, DONE)) {
                request.engine().inFlight().remove(this, slot);
                failure = CallFailures.absent(serviceName());
                unsettled = true;
            }
            return;
        }
        instance = entered;
        runner = Thread.currentThread();
        permits = heldPermits;
        if (STATE.compareAndSet(this, WAITING, RUNNING)) {
            serve(entered);
        } else {
            entered.leave();
        }
        runner = null;
    }

    private void serve(ServiceInstance entered) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        CallContext context = new CallContext(this, entered);
        Object answer = null;
        ServiceException problem = null;
        entered.recorder().begun();
        thread.setContextClassLoader(entered.classLoader());
        try {
            answer = entered.handle(request.engine().fit(input, entered), context);
        } catch (ServiceException e) {
            problem = e;
        } catch (Throwable e) {
            // An error of the service, such as a class it lacks, is no error of the thread it happens to run on
            problem = CallFailures.unexpected(this, entered, e, isInterrupted());
        } finally {
            thread.setContextClassLoader(before);
            entered.recorder().finished();
        }
        finish(entered, context, answer, problem);
    }

    private void finish(
            ServiceInstance entered, CallContext context, @Nullable Object answer, @Nullable ServiceException problem) {
        InputStream stream = answer instanceof InputStream in ? in : null;
        request.engine().inFlight().remove(this, slot);
        boolean inTime = STATE.compareAndSet(this, RUNNING, DONE);
        settleInterrupt(!inTime);
        if (inTime) {
            failure = problem;
            unsettled = true;
            if (stream != null) {
                result = context.result(new AnswerStream(stream, entered));
                return;
            }
            result = problem == null ? context.result(answer) : null;
        } else if (stream != null) {
            CallFailures.closeDropped(stream, this);
        }
        entered.leave();
    }

    /**
     * Takes an interrupt off this thread that was meant for this call only; puts back one that was meant for a call it runs
     * within, which this one may have caught.
     */
    private void settleInterrupt(boolean mine) {
        if (mine) {
            while (state == INTERRUPTING) {
                Thread.onSpinWait();
            }
            Thread.interrupted();
        }
        if (enclosing != null && enclosing.isInterrupted()) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns whether this call, or one it runs within, was abandoned while it ran. */
    private boolean isInterrupted() {
        int now = state;
        return now == INTERRUPTING || now == INTERRUPTED || (enclosing != null && enclosing.isInterrupted());
    }

    /**
     * Waits until the call is done, on the thread of another one, whose permits are free for others meanwhile; without
     * that, calls that wait for calls could hold all there are.
     */
    void awaitFor(ServiceCall caller) throws InterruptedException {
        int lent = caller.isMine() && !isDone() ? caller.permits : 0;
        request.engine().lend(lent);
        try {
            get();
        } catch (ExecutionException | CancellationException e) {
            return; // how it ended is for who asks for the result
        } finally {
            request.engine().reclaim(lent);
        }
    }

    /** Tells the caller how the call ended, if it did so by itself; runs what depends on the result. */
    void settle() {
        if (!unsettled) {
            return;
        }
        if (failure != null) {
            fail(failure);
        } else {
            found.recorder().answered(System.nanoTime() - startNanos, correlationId());
            complete(result);
        }
    }

    /** Ends the call with {@code TIMEOUT} if it has not ended. Runs nothing else on this thread. */
    void expire() {
        boolean begun = state != WAITING;
        if (abandon()) {
            long millis = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - startNanos);
            ServiceException timeout = CallFailures.timeout(serviceName(), millis, begun);
            request.engine().execute(() -> fail(timeout));
        }
    }

    /** Ends the call with {@code UNAVAILABLE} if it has not ended. */
    void refuse(String why) {
        if (abandon()) {
            fail(CallFailures.unavailable(serviceName(), why));
        }
    }

    /** Ends the call as {@link #refuse} does if it runs in that instance. */
    boolean refuseIfIn(ServiceInstance going, String why) {
        if (state != RUNNING || instance != going || !abandon()) {
            return false;
        }
        request.engine().execute(() -> fail(CallFailures.unavailable(serviceName(), why)));
        return true;
    }

    /** {@inheritDoc} Interrupts the service if it runs. */
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        if (abandon()) {
            found.recorder()
                    .failed(System.nanoTime() - startNanos, correlationId(), CallFailures.cancelled(serviceName()));
        }
        return super.cancel(mayInterruptIfRunning);
    }

    private void fail(ServiceException problem) {
        String message = String.valueOf(problem.getMessage());
        found.recorder().failed(System.nanoTime() - startNanos, correlationId(), message);
        completeExceptionally(problem);
    }

    /** Takes the call away from the service. @return whether it had not ended */
    private boolean abandon() {
        if (STATE.compareAndSet(this, WAITING, ABANDONED)) {
            request.engine().forget(this);
            request.engine().inFlight().remove(this, slot);
            return true;
        }
        if (STATE.compareAndSet(this, RUNNING, INTERRUPTING)) {
            Thread thread = runner;
            if (thread != null) {
                thread.interrupt();
            }
            state = INTERRUPTED;
            return true;
        }
        return false;
    }
}
