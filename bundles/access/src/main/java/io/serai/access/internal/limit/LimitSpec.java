package io.serai.access.internal.limit;

import io.serai.access.internal.folder.SpecException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A rate limit as the state has one.
 *
 * @param rate how often; empty if only a quota holds
 * @param quota how many in a day or month; empty if only a rate holds
 * @param by what is counted for itself: {@code caller}, {@code channel}, {@code address}
 */
record LimitSpec(String name, Optional<Rate> rate, Optional<Quota> quota, Set<String> by) {
    static final String KIND = "rate-limit";
    static final String CALLER = "caller";
    static final String CHANNEL = "channel";
    static final String ADDRESS = "address";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    /** Copies the set. */
    LimitSpec {
        by = Set.copyOf(by);
    }

    /**
     * How often.
     *
     * @param requests how many pass in a period, on average
     * @param burst how many pass at once after a pause
     */
    record Rate(long requests, Duration period, long burst) {
        /** Returns the time between two requests, in nanoseconds. */
        long interval() {
            return period.toNanos() / requests;
        }
    }

    /**
     * How many in a window of the calendar.
     *
     * @param monthly whether that is a month; otherwise it is a day
     */
    record Quota(long requests, boolean monthly) {}

    /** Reads a spec; refuses it by a {@link SpecException}. */
    static LimitSpec of(String name, Map<String, Object> spec) {
        if (!NAME.matcher(name).matches()) {
            throw new SpecException(
                    "by",
                    "cannot be of '" + name + "': the name of a limit has 1 to 63 letters, digits, dots, hyphens or"
                            + " underscores, and begins with a letter or digit");
        }
        Set<String> by = new TreeSet<>();
        if (spec.get("by") instanceof Collection<?> items) {
            items.forEach(item -> by.add(String.valueOf(item)));
        }
        LimitSpec limit = new LimitSpec(name, rate(spec), quota(spec), by.isEmpty() ? Set.of(CALLER) : by);
        if (limit.rate().isEmpty() && limit.quota().isEmpty()) {
            throw new SpecException("requests", "or quota must say how many may pass");
        }
        return limit;
    }

    private static Optional<Rate> rate(Map<String, Object> spec) {
        Optional<Long> requests = number(spec, "requests");
        if (requests.isEmpty()) {
            return Optional.empty();
        }
        Duration period =
                switch (String.valueOf(spec.get("per"))) {
                    case "second" -> Duration.ofSeconds(1);
                    case "minute" -> Duration.ofMinutes(1);
                    case "hour" -> Duration.ofHours(1);
                    case "day" -> Duration.ofDays(1);
                    default -> throw new SpecException("per", "must be second, minute, hour or day");
                };
        long burst = number(spec, "burst").orElse(requests.get());
        if (burst > requests.get()) {
            throw new SpecException("burst", "must not be more than requests");
        }
        return Optional.of(new Rate(requests.get(), period, burst));
    }

    private static Optional<Quota> quota(Map<String, Object> spec) {
        Optional<Long> requests = number(spec, "quota");
        if (requests.isEmpty()) {
            return Optional.empty();
        }
        return switch (String.valueOf(spec.get("quotaPer"))) {
            case "day" -> Optional.of(new Quota(requests.get(), false));
            case "month" -> Optional.of(new Quota(requests.get(), true));
            default -> throw new SpecException("quotaPer", "must be day or month");
        };
    }

    private static Optional<Long> number(Map<String, Object> spec, String key) {
        return Optional.ofNullable(spec.get(key) instanceof Number number ? number.longValue() : null);
    }
}
