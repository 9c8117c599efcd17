package io.serai.runtime.internal.statistics;

import io.serai.api.runtime.ServiceStatistics;
import io.serai.api.runtime.ServiceStatistics.CallError;
import io.serai.api.runtime.ServiceStatistics.SlowCall;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Counts and times the calls of one service. Thread-safe, without a lock on the way of a call. Has nothing but itself
 * before the first call.
 */
public final class CallRecorder {
    /** Times are kept to two digits: 1 % is finer than what one run differs from the next. */
    private static final int DIGITS = 2;

    private static final long MAX_MICROS = TimeUnit.HOURS.toMicros(1);
    private static final double HALF = 50;
    private static final double MOST = 95;
    private static final double NEARLY_ALL = 99;

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
        long running = Math.max(0, active.sum());
        Recording source = recording;
        if (source == null) {
            Duration none = Duration.ZERO;
            return new ServiceStatistics(0, 0, running, none, none, none, none, none, Optional.empty(), List.of());
        }
        Histogram times = source.micros.copy();
        List<SlowCall> slowest = source.slowest.slowestFirst();
        Duration max = slowest.isEmpty() ? Duration.ZERO : slowest.get(0).duration();
        return new ServiceStatistics(
                times.getTotalCount(),
                source.errors.sum(),
                running,
                atMost(max, times.getMean()),
                atMost(max, (double) times.getValueAtPercentile(HALF)),
                atMost(max, (double) times.getValueAtPercentile(MOST)),
                atMost(max, (double) times.getValueAtPercentile(NEARLY_ALL)),
                max,
                Optional.ofNullable(source.lastError),
                slowest);
    }

    /** Returns a time that may be rounded up as a duration that no call exceeds. */
    private static Duration atMost(Duration max, double micros) {
        Duration time = Duration.ofNanos(Math.round(micros * TimeUnit.MICROSECONDS.toNanos(1)));
        return time.compareTo(max) > 0 ? max : time;
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
        private final Histogram micros = new ConcurrentHistogram(DIGITS);
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
