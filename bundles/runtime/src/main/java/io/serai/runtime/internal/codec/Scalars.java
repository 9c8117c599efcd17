package io.serai.runtime.internal.codec;

import java.lang.invoke.MethodType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.DateTimeException;
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
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads single values from texts, as paths, queries and forms have them: strictly, as JSON would have them written. */
final class Scalars {
    private static final Map<Class<?>, Function<String, Object>> PARSERS = Map.ofEntries(
            Map.entry(String.class, UnaryOperator.<Object>identity()::apply),
            Map.entry(Boolean.class, Scalars::parseBoolean),
            Map.entry(Character.class, Scalars::parseCharacter),
            Map.entry(Byte.class, Byte::valueOf),
            Map.entry(Short.class, Short::valueOf),
            Map.entry(Integer.class, Integer::valueOf),
            Map.entry(Long.class, Long::valueOf),
            Map.entry(BigInteger.class, text -> new BigInteger(bounded(text))),
            Map.entry(Float.class, Scalars::parseFloat),
            Map.entry(Double.class, Scalars::parseDouble),
            Map.entry(BigDecimal.class, Scalars::parseDecimal),
            Map.entry(UUID.class, UUID::fromString),
            Map.entry(URI.class, URI::create),
            Map.entry(Instant.class, Instant::parse),
            Map.entry(OffsetDateTime.class, OffsetDateTime::parse),
            Map.entry(ZonedDateTime.class, ZonedDateTime::parse),
            Map.entry(LocalDateTime.class, LocalDateTime::parse),
            Map.entry(LocalDate.class, LocalDate::parse),
            Map.entry(LocalTime.class, LocalTime::parse),
            Map.entry(OffsetTime.class, OffsetTime::parse),
            Map.entry(Duration.class, Duration::parse),
            Map.entry(Period.class, Period::parse),
            Map.entry(Year.class, Year::parse),
            Map.entry(YearMonth.class, YearMonth::parse),
            Map.entry(MonthDay.class, MonthDay::parse),
            Map.entry(ZoneId.class, ZoneId::of));

    private Scalars() {}

    /** Returns the class of the objects of a type, which is another one for primitive types. */
    static Class<?> boxed(Class<?> type) {
        return type.isPrimitive() ? MethodType.methodType(type).wrap().returnType() : type;
    }

    /**
     * Returns what makes an object of a type of a text, or null if there is no such thing; it throws {@link
     * IllegalArgumentException} or {@link DateTimeException}.
     */
    static @Nullable Function<String, Object> parser(Class<?> type) {
        Class<?> boxed = boxed(type);
        return boxed.isEnum() ? text -> constant(boxed, text) : PARSERS.get(boxed);
    }

    /** Returns the types of {@code java.time} that are read from texts. */
    static List<Class<?>> timeTypes() {
        return PARSERS.keySet().stream()
                .filter(type -> type.getPackage().equals(Instant.class.getPackage()))
                .toList();
    }

    private static Object constant(Class<?> type, String text) {
        for (Object constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().equals(text)) {
                return constant;
            }
        }
        throw new IllegalArgumentException(text);
    }

    private static Object parseBoolean(String text) {
        if (text.equals("true")) {
            return Boolean.TRUE;
        }
        if (text.equals("false")) {
            return Boolean.FALSE;
        }
        throw new IllegalArgumentException(text);
    }

    private static Object parseCharacter(String text) {
        if (text.length() != 1) {
            throw new IllegalArgumentException(text);
        }
        return text.charAt(0);
    }

    private static Object parseFloat(String text) {
        float value = parseDecimal(text).floatValue();
        if (Float.isInfinite(value)) {
            throw new IllegalArgumentException(text);
        }
        return value;
    }

    private static Object parseDouble(String text) {
        double value = parseDecimal(text).doubleValue();
        if (Double.isInfinite(value)) {
            throw new IllegalArgumentException(text);
        }
        return value;
    }

    private static BigDecimal parseDecimal(String text) {
        return new BigDecimal(bounded(text));
    }

    private static String bounded(String text) {
        if (text.length() > JsonMappers.MAX_DIGITS) {
            throw new IllegalArgumentException("more than " + JsonMappers.MAX_DIGITS + " digits");
        }
        return text;
    }
}
