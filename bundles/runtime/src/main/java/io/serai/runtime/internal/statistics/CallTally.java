package io.serai.runtime.internal.statistics;

import io.serai.api.runtime.ServiceStatistics;
import io.serai.api.runtime.ServiceStatistics.CallError;
import io.serai.api.runtime.ServiceStatistics.SlowCall;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What was recorded of the calls of a service, at one moment. Has the times themselves and not their quantiles only, which
 * cannot be added to those of another node.
 *
 * @param micros the times of calls in microseconds; not changed any more
 * @param errors calls that failed
 * @param active calls that run
 * @param lastError the newest failure
 * @param slowest the slowest calls, slowest first
 */
public record CallTally(
        AbstractHistogram micros, long errors, long active, @Nullable CallError lastError, List<SlowCall> slowest) {
    /** Times are kept to two digits: 1 % is finer than what one run differs from the next. */
    static final int DIGITS = 2;

    private static final double HALF = 50;
    private static final double MOST = 95;
    private static final double NEARLY_ALL = 99;

    public CallTally {
        slowest = List.copyOf(slowest);
    }

    /** Makes a histogram without times. */
    public static Histogram noTimes() {
        return new Histogram(DIGITS);
    }

    /** Returns all of some together. */
    public static CallTally sum(Collection<CallTally> tallies) {
        Histogram micros = noTimes();
        tallies.forEach(tally -> micros.add(tally.micros));
        return new CallTally(
                micros,
                tallies.stream().mapToLong(CallTally::errors).sum(),
                tallies.stream().mapToLong(CallTally::active).sum(),
                tallies.stream()
                        .map(CallTally::lastError)
                        .filter(Objects::nonNull)
                        .max(Comparator.comparing(CallError::at))
                        .orElse(null),
                tallies.stream()
                        .flatMap(tally -> tally.slowest.stream())
                        .sorted(Comparator.comparing(SlowCall::duration).reversed())
                        .limit(SlowestCalls.KEPT)
                        .toList());
    }

    /** Returns what it says of the service. */
    public ServiceStatistics statistics() {
        Duration max = slowest.isEmpty() ? Duration.ZERO : slowest.get(0).duration();
        return new ServiceStatistics(
                micros.getTotalCount(),
                errors,
                active,
                atMost(max, micros.getMean()),
                atMost(max, (double) micros.getValueAtPercentile(HALF)),
                atMost(max, (double) micros.getValueAtPercentile(MOST)),
                atMost(max, (double) micros.getValueAtPercentile(NEARLY_ALL)),
                max,
                Optional.ofNullable(lastError),
                slowest);
    }

    /** Returns a time that may be rounded up as a duration that no call exceeds. */
    private static Duration atMost(Duration max, double micros) {
        Duration time = Duration.ofNanos(Math.round(micros * TimeUnit.MICROSECONDS.toNanos(1)));
        return time.compareTo(max) > 0 ? max : time;
    }
}
