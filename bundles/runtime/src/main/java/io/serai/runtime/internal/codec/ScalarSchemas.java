package io.serai.runtime.internal.codec;

import io.serai.api.service.Upload;
import java.io.InputStream;
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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The JSON Schemas of single values. Formats are those of JSON Schema (Validation, section 7.3) and of the format registry
 * of OpenAPI.
 */
final class ScalarSchemas {
    private static final String TYPE = "type";
    private static final String FORMAT = "format";
    private static final String STRING = "string";
    private static final String INTEGER = "integer";
    private static final String NUMBER = "number";

    private static final Map<Class<?>, Map<String, Object>> SCHEMAS = Map.ofEntries(
            Map.entry(String.class, text(null)),
            Map.entry(CharSequence.class, text(null)),
            Map.entry(Character.class, with(text(null), "minLength", 1, "maxLength", 1)),
            Map.entry(Boolean.class, with(Map.of(), TYPE, "boolean")),
            Map.entry(Byte.class, number(INTEGER, "int8")),
            Map.entry(Short.class, number(INTEGER, "int16")),
            Map.entry(Integer.class, number(INTEGER, "int32")),
            Map.entry(OptionalInt.class, number(INTEGER, "int32")),
            Map.entry(Long.class, number(INTEGER, "int64")),
            Map.entry(OptionalLong.class, number(INTEGER, "int64")),
            Map.entry(BigInteger.class, number(INTEGER, null)),
            Map.entry(Float.class, number(NUMBER, "float")),
            Map.entry(Double.class, number(NUMBER, "double")),
            Map.entry(OptionalDouble.class, number(NUMBER, "double")),
            Map.entry(BigDecimal.class, number(NUMBER, null)),
            Map.entry(Number.class, number(NUMBER, null)),
            Map.entry(UUID.class, text("uuid")),
            Map.entry(URI.class, text("uri")),
            Map.entry(Instant.class, text("date-time")),
            Map.entry(OffsetDateTime.class, text("date-time")),
            Map.entry(ZonedDateTime.class, text("date-time")),
            Map.entry(LocalDateTime.class, text("date-time-local")),
            Map.entry(LocalDate.class, text("date")),
            Map.entry(LocalTime.class, text("time-local")),
            Map.entry(OffsetTime.class, text("time")),
            Map.entry(Duration.class, text("duration")),
            Map.entry(Period.class, text("duration")),
            Map.entry(Year.class, text(null)),
            Map.entry(YearMonth.class, text(null)),
            Map.entry(MonthDay.class, text(null)),
            Map.entry(ZoneId.class, text(null)),
            Map.entry(byte[].class, with(text(null), "contentEncoding", "base64")),
            Map.entry(InputStream.class, text("binary")),
            Map.entry(Upload.class, text("binary")),
            Map.entry(Object.class, Map.of()),
            Map.entry(Void.class, Map.of()));

    private ScalarSchemas() {}

    /** Returns the schema of a type that is not primitive, or null if it is not that of a single value. */
    static @Nullable Map<String, Object> of(Class<?> type) {
        return SCHEMAS.get(type);
    }

    private static Map<String, Object> text(@Nullable String format) {
        return format == null ? with(Map.of(), TYPE, STRING) : with(Map.of(), TYPE, STRING, FORMAT, format);
    }

    private static Map<String, Object> number(String type, @Nullable String format) {
        return format == null ? with(Map.of(), TYPE, type) : with(Map.of(), TYPE, type, FORMAT, format);
    }

    /** Returns a copy with further members, given as names and values in turn; it keeps their order. */
    static Map<String, Object> with(Map<String, Object> base, Object... members) {
        Map<String, Object> schema = new LinkedHashMap<>(base);
        for (int i = 0; i < members.length; i += 2) {
            schema.put((String) members[i], members[i + 1]);
        }
        return schema;
    }
}
