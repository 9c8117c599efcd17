package io.serai.runtime.internal.statistics;

import io.serai.api.runtime.ServiceStatistics;
import io.serai.api.runtime.ServiceStatistics.CallError;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.jspecify.annotations.Nullable;

/**
 * Counts and times the calls of one service. Thread-safe, without a lock on the way of a call. Has nothing but itself
 * before the first call.
 */
public final class CallRecorder {
    private static final long MAX_MICROS = TimeUnit.HOURS.toMicros(1);

    private final Clock clock;
    private final LongAdder active = new LongAdder();
    private volatile @Nullable Recording recording;

    public CallRecorder(Clock clock) {
        this.clock = clock;
    }

    /** Counts a call that begins to run. */
    public void begun() {
        active.increment();
    }

    /** Counts a call that runs no longer, whether or not its caller has waited for it. */
    public void finished() {
        active.decrement();
    }

    /** Counts a call that was answered. */
    public void answered(long nanos, String correlationId) {
        recording().add(nanos, correlationId);
    }

    /**
     * Counts a call that failed.
     *
     * @param message what the caller is told
     */
    public void failed(long nanos, String correlationId, String message) {
        Recording target = recording();
        target.errors.increment();
        target.lastError = new CallError(clock.instant(), correlationId, message);
        target.add(nanos, correlationId);
    }

    /** Returns how the service has fared until now. */
    public ServiceStatistics snapshot() {
        return tally().statistics();
    }

    /** Returns what was recorded until now. */
    public CallTally tally() {
        long running = Math.max(0, active.sum());
        Recording source = recording;
        return source == null
                ? new CallTally(CallTally.noTimes(), 0, running, null, List.of())
                : new CallTally(
                        source.micros.copy(),
                        source.errors.sum(),
                        running,
                        source.lastError,
                        source.slowest.slowestFirst());
    }

    private Recording recording() {
        Recording current = recording;
        return current == null ? create() : current;
    }

    private synchronized Recording create() {
        Recording current = recording;
        if (current == null) {
            current = new Recording(clock);
            recording = current;
        }
        return current;
    }

    /** What there is from the first call on. */
    private static final class Recording {
        private final ConcurrentHistogram micros = new ConcurrentHistogram(CallTally.DIGITS);
        private final LongAdder errors = new LongAdder();
        private final SlowestCalls slowest;
        private volatile @Nullable CallError lastError;

        Recording(Clock clock) {
            slowest = new SlowestCalls(clock);
        }

        void add(long nanos, String correlationId) {
            // Rounded up: a call that took some time did not take none.
            long rounded = TimeUnit.NANOSECONDS.toMicros(Math.max(0, nanos) + 999);
            slowest.offer(nanos, correlationId);
            micros.recordValue(Math.min(rounded, MAX_MICROS));
        }
    }
}
