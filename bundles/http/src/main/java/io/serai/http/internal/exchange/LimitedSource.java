package io.serai.http.internal.exchange;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request up to a number of bytes and for a time: what trickles in byte by byte never makes a connection
 * idle. Keeps in mind why the body could not be read to its end.
 */
final class LimitedSource implements Content.Source {
    private final Request request;
    private final long maxBytes;
    private final Duration timeout;
    private final AtomicReference<@Nullable Runnable> demand = new AtomicReference<>();
    private long read;
    private volatile @Nullable Problem problem;
    private volatile Scheduler.@Nullable Task timer;

    /**
     * Makes a source.
     *
     * @param timeout how long the body may take to arrive; zero for as long as it likes
     * @throws ProblemException if the client announces more bytes
     */
    LimitedSource(Request request, long maxBytes, Duration timeout) {
        this.request = request;
        this.maxBytes = maxBytes;
        this.timeout = timeout;
        if (request.getLength() > maxBytes) {
            throw new ProblemException(tooLarge());
        }
    }

    /** Returns why the body could not be read to its end; null if it could, or has not been tried. */
    @Nullable Problem problem() {
        return problem;
    }

    @Override
    public long getLength() {
        return request.getLength();
    }

    @Override
    public Content.@Nullable Chunk read() {
        Problem known = problem;
        if (known != null) {
            return Content.Chunk.from(new ProblemException(known), true);
        }
        Content.Chunk chunk = request.read();
        if (chunk == null) {
            return null;
        }
        if (Content.Chunk.isFailure(chunk)) {
            return refuse(problem(chunk.getFailure()));
        }
        read += chunk.remaining();
        if (read > maxBytes) {
            chunk.release();
            return refuse(tooLarge());
        }
        if (chunk.isLast()) {
            stopTimer();
        }
        return chunk;
    }

    @Override
    public void demand(Runnable callback) {
        demand.set(callback);
        if (timer == null && !timeout.isZero()) {
            timer = request.getComponents()
                    .getScheduler()
                    .schedule(this::expire, timeout.toMillis(), TimeUnit.MILLISECONDS);
        }
        request.demand(this::meetDemand);
    }

    @Override
    public void fail(Throwable failure) {
        request.fail(failure);
    }

    private Content.Chunk refuse(Problem refusal) {
        stopTimer();
        problem = refusal;
        return Content.Chunk.from(new ProblemException(refusal), true);
    }

    private void expire() {
        problem = problem(new TimeoutException());
        meetDemand();
    }

    private void meetDemand() {
        Runnable callback = demand.getAndSet(null);
        if (callback != null) {
            callback.run();
        }
    }

    private void stopTimer() {
        Scheduler.Task running = timer;
        if (running != null) {
            running.cancel();
        }
    }

    private Problem tooLarge() {
        return Problem.of(
                HttpStatus.PAYLOAD_TOO_LARGE_413,
                "too-large",
                "The body has more than " + maxBytes + " bytes, which is the limit here; send less");
    }

    private static Problem problem(Throwable failure) {
        return failure instanceof TimeoutException
                ? Problem.of(HttpStatus.REQUEST_TIMEOUT_408, "The body did not arrive in time; send it again")
                : Problem.of(HttpStatus.BAD_REQUEST_400, "The body could not be read to its end; send it again");
    }
}
