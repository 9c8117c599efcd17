package io.serai.runtime.internal.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import io.serai.api.service.ServiceException;
import io.serai.runtime.internal.codec.ValueReaders.ValueReader;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Reads and writes objects of the classes of one class loader. Thread-safe. */
final class TypeMapper {
    private final JsonMapper mapper = JsonMappers.create();
    private final ObjectWriter writer = mapper.writer();
    private final ConcurrentHashMap<Type, ObjectReader> readers = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Type, RecordReader> records = new ConcurrentHashMap<>();

    JsonMapper json() {
        return mapper;
    }

    ObjectWriter writer() {
        return writer;
    }

    ObjectReader reader(Type type) {
        ObjectReader known = readers.get(type);
        return known == null
                ? readers.computeIfAbsent(type, unknown -> mapper.readerFor(mapper.constructType(unknown)))
                : known;
    }

    /** Returns what makes records of named values; the type must be that of a record. */
    RecordReader record(Type type) {
        RecordReader known = records.get(type);
        return known == null
                ? records.computeIfAbsent(type, unknown -> new RecordReader(this, mapper.constructType(unknown)))
                : known;
    }

    /**
     * Reads all that is left of a parser as one object.
     *
     * @param path where that is within the whole, for messages
     */
    Object read(JsonParser parser, Type type, String path) {
        try {
            Object value = reader(type).readValue(parser);
            if (value == null) {
                throw Expected.mismatch(path, mapper.constructType(type).getRawClass(), "null");
            }
            return value;
        } catch (IOException e) {
            throw new JsonFailures(parser, path).explain(e);
        }
    }

    /** Returns a single value that a text stands for. */
    Object scalar(String text, Type type) {
        return new ValueReaders(this).of(mapper.constructType(type)).read(text, "");
    }

    /** Returns named values as a map of a type. */
    Map<String, Object> map(Map<String, ?> values, Type type) {
        JavaType content = mapper.constructType(type).getContentType();
        Map<String, Object> map = new LinkedHashMap<>(values);
        if (content != null && content.getRawClass() != Object.class) {
            ValueReader reader = new ValueReaders(this).of(content);
            map.replaceAll((name, given) -> given == null ? null : reader.read(given, name));
        }
        return map;
    }

    /** Makes an object of another one that has the same JSON. */
    Object convert(Object value, TypeMapper source, Type type, String path) {
        try (TokenBuffer tokens = source.tokens(value);
                JsonParser parser = tokens.asParser(mapper)) {
            return read(parser, type, path);
        } catch (IOException e) {
            throw unwritable(value, e);
        }
    }

    TokenBuffer tokens(Object value) throws IOException {
        TokenBuffer tokens = new TokenBuffer(mapper, false).forceUseOfBigDecimal(true);
        writer.writeValue(tokens, value);
        return tokens;
    }

    static ServiceException unwritable(@Nullable Object value, IOException cause) {
        String type = value == null ? "null" : value.getClass().getName();
        return new ServiceException(
                ServiceException.Reason.FAILED, "An object of " + type + " cannot be written as JSON", null, cause);
    }
}
