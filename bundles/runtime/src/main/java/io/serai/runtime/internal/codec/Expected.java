package io.serai.runtime.internal.codec;

import io.serai.api.service.ServiceException;
import io.serai.api.service.Upload;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says what a value should have been, in the words of who sent it. */
final class Expected {
    private static final int MAX_QUOTED = 40;
    private static final int MAX_LISTED = 20;

    private static final Map<Class<?>, String> NAMES = Map.ofEntries(
            Map.entry(String.class, "a text"),
            Map.entry(CharSequence.class, "a text"),
            Map.entry(Character.class, "a text of one character"),
            Map.entry(Boolean.class, "true or false"),
            Map.entry(Byte.class, range(Byte.MIN_VALUE, Byte.MAX_VALUE)),
            Map.entry(Short.class, range(Short.MIN_VALUE, Short.MAX_VALUE)),
            Map.entry(Integer.class, range(Integer.MIN_VALUE, Integer.MAX_VALUE)),
            Map.entry(Long.class, range(Long.MIN_VALUE, Long.MAX_VALUE)),
            Map.entry(BigInteger.class, "a whole number"),
            Map.entry(Float.class, "a number"),
            Map.entry(Double.class, "a number"),
            Map.entry(BigDecimal.class, "a number"),
            Map.entry(Number.class, "a number"),
            Map.entry(byte[].class, "a text in Base64"),
            Map.entry(UUID.class, "a UUID such as 123e4567-e89b-12d3-a456-426614174000"),
            Map.entry(URI.class, "a URI"),
            Map.entry(Instant.class, "a time such as 2024-05-31T12:00:00Z"),
            Map.entry(OffsetDateTime.class, "a time such as 2024-05-31T12:00:00+02:00"),
            Map.entry(ZonedDateTime.class, "a time such as 2024-05-31T12:00:00+02:00"),
            Map.entry(LocalDateTime.class, "a date and time such as 2024-05-31T12:00:00"),
            Map.entry(LocalDate.class, "a date such as 2024-05-31"),
            Map.entry(LocalTime.class, "a time of day such as 12:00:00"),
            Map.entry(OffsetTime.class, "a time of day such as 12:00:00+02:00"),
            Map.entry(Duration.class, "a duration such as PT1H30M"),
            Map.entry(Period.class, "a period such as P1Y2M"),
            Map.entry(Year.class, "a year such as 2024"),
            Map.entry(YearMonth.class, "a month such as 2024-05"),
            Map.entry(MonthDay.class, "a day of the year such as --05-31"),
            Map.entry(ZoneId.class, "a time zone such as Europe/Berlin"),
            Map.entry(Upload.class, "a file of a multipart form"));

    private Expected() {}

    private static String range(long min, long max) {
        return "a whole number from " + min + " to " + max;
    }

    /** Returns a phrase such as {@code a number}. */
    static String of(@Nullable Class<?> type) {
        if (type == null) {
            return "of another type";
        }
        Class<?> boxed = Scalars.boxed(type);
        String name = NAMES.get(boxed);
        if (name != null) {
            return name;
        }
        if (boxed.isEnum()) {
            return oneOf(boxed.getEnumConstants());
        }
        if (boxed.isArray() || Collection.class.isAssignableFrom(boxed)) {
            return "an array";
        }
        return "an object";
    }

    private static String oneOf(Object[] constants) {
        String listed = Arrays.stream(constants)
                .limit(MAX_LISTED)
                .map(constant -> ((Enum<?>) constant).name())
                .collect(Collectors.joining(", "));
        return "one of " + listed + (constants.length > MAX_LISTED ? ", ..." : "");
    }

    /** Returns a text as it may stand in a message: bounded, and on one line. */
    static String quoted(String text) {
        return '"' + unquoted(text) + '"';
    }

    static String unquoted(String text) {
        String shown = text.length() > MAX_QUOTED ? text.substring(0, MAX_QUOTED) + "..." : text;
        StringBuilder line = new StringBuilder();
        shown.codePoints().map(c -> Character.isISOControl(c) ? ' ' : c).forEach(line::appendCodePoint);
        return line.toString();
    }

    static String subject(String path) {
        return path.isEmpty() ? "The payload" : "Field '" + path + "'";
    }

    static ServiceException missing(String path, @Nullable Class<?> type) {
        return invalid(path, subject(path) + " is missing; it must be " + of(type), null);
    }

    static ServiceException mismatch(String path, @Nullable Class<?> type, String found) {
        return invalid(path, subject(path) + " must be " + of(type) + ", but is " + found, null);
    }

    static ServiceException invalid(String path, String message, @Nullable Throwable cause) {
        return new ServiceException(ServiceException.Reason.INVALID, message, path.isEmpty() ? null : path, cause);
    }
}
