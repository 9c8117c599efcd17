package io.serai.shell.internal;

import io.serai.api.state.BlobId;
import io.serai.api.state.PathDifference;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How values are written for people, and read from them. */
public final class Wording {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|)");
    private static final int SHORT_ID = 8;

    private Wording() {}

    /** Returns a moment to the second, in UTC. */
    static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** Returns a duration in the unit it reads best in. */
    public static String duration(Duration duration) {
        double millis = duration.toNanos() / 1e6;
        if (millis < 1_000) {
            return String.format(Locale.ROOT, millis < 10 ? "%.2f ms" : "%.0f ms", millis);
        }
        return String.format(Locale.ROOT, millis < 10_000 ? "%.1f s" : "%.0f s", millis / 1_000);
    }

    /** Returns how far off a moment is, that is ahead or, if the duration is negative, was. */
    static String distance(Duration ahead) {
        Duration length = ahead.abs();
        String amount = length.toDays() > 1
                ? length.toDays() + " days"
                : length.toHours() > 1 ? length.toHours() + " hours" : length.toMinutes() + " min";
        return ahead.isNegative() ? amount + " ago" : "in " + amount;
    }

    /** Reads a duration such as {@code 500ms}, {@code 30s}, {@code 2m} or, in seconds, {@code 30}. */
    public static Duration parseDuration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
            throw new IllegalArgumentException("'" + text + "' is not a duration; write it as 500ms, 30s or 2m");
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofSeconds(amount);
        };
    }

    /** Returns the first digits of a content's id. */
    static String shortId(Optional<BlobId> blob) {
        return blob.map(id -> id.value().substring(0, SHORT_ID)).orElse("-");
    }

    /** Returns what happened to a file. */
    static String change(PathDifference difference) {
        if (difference.before().isEmpty()) {
            return "added";
        }
        return difference.after().isEmpty() ? "removed" : "changed";
    }
}
