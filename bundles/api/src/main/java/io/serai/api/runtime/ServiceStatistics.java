package io.serai.api.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How a service has fared, at one moment.
 *
 * @param calls calls that have ended
 * @param errors those of them that failed, a caller's mistakes (4xx) included
 * @param active calls that run now
 * @param mean the mean time of a call; zero if there was none, like the quantiles
 * @param p50 the time half of the calls stayed under
 * @param p95 the time 95 % of the calls stayed under
 * @param p99 the time 99 % of the calls stayed under
 * @param max the longest time
 * @param lastError the newest failure
 * @param slowest the slowest calls, slowest first, at most ten
 */
public record ServiceStatistics(
        long calls,
        long errors,
        long active,
        Duration mean,
        Duration p50,
        Duration p95,
        Duration p99,
        Duration max,
        Optional<CallError> lastError,
        List<SlowCall> slowest) {
    public ServiceStatistics {
        Objects.requireNonNull(mean, "mean");
        Objects.requireNonNull(p50, "p50");
        Objects.requireNonNull(p95, "p95");
        Objects.requireNonNull(p99, "p99");
        Objects.requireNonNull(max, "max");
        Objects.requireNonNull(lastError, "lastError");
        slowest = List.copyOf(slowest);
    }

    /**
     * A failed call.
     *
     * @param at when it ended
     * @param correlationId the request it belonged to
     * @param message what was told to the caller
     */
    public record CallError(Instant at, String correlationId, String message) {}

    /**
     * A slow call.
     *
     * @param at when it ended
     * @param correlationId the request it belonged to
     * @param duration how long it took
     */
    public record SlowCall(Instant at, String correlationId, Duration duration) {}
}
