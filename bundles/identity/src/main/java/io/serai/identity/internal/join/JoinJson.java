package io.serai.identity.internal.join;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Optional;

/** JSON of records, read strictly. */
public final class JoinJson {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final int MAX_DETAIL = 500;

    private JoinJson() {}

    /** Writes a record. */
    public static byte[] write(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write " + value.getClass().getSimpleName() + " as JSON", e);
        }
    }

    /**
     * Reads a record.
     *
     * @throws IllegalArgumentException if it is not exactly that; the message has nothing of it, since it may be secret
     */
    public static <T> T read(byte[] json, Class<T> type) {
        try {
            T value = MAPPER.readValue(json, type);
            if (value != null) {
                return value;
            }
        } catch (JsonProcessingException e) {
            long line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            long column = e.getLocation() == null ? 0 : e.getLocation().getColumnNr();
            throw new IllegalArgumentException("it is not the JSON expected, at line " + line + ", column " + column);
        } catch (IOException e) {
            throw new IllegalArgumentException("it is not JSON");
        }
        throw new IllegalArgumentException("it is null");
    }

    /** Returns what a problem document (RFC 9457) tells people. */
    static Optional<String> detail(byte[] problem) {
        try {
            String detail = MAPPER.readTree(problem).path("detail").asText("");
            String printable = detail.replaceAll("\\p{Cntrl}", " ").strip();
            return Optional.of(printable.substring(0, Math.min(printable.length(), MAX_DETAIL)))
                    .filter(text -> !text.isEmpty());
        } catch (IOException e) {
            return Optional.empty(); // something else than Serai answers there
        }
    }
}
