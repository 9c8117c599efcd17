package io.serai.cli.internal.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * JSON as maps, lists, texts, numbers and booleans; null is left out. Made with Jackson's streams, because data binding would
 * cost a command a tenth of a second.
 */
public final class JsonTree {
    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonTree() {}

    /** Reads a value. */
    public static Object read(byte[] json) throws IOException {
        try (JsonParser parser = FACTORY.createParser(json)) {
            parser.nextToken();
            Object value = value(parser);
            if (value == null || parser.nextToken() != null) {
                throw new IOException("it is not one JSON value");
            }
            return value;
        }
    }

    /** Reads a value that is an object. */
    public static Map<String, Object> object(byte[] json) throws IOException {
        return map(read(json));
    }

    private static @Nullable Object value(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw new IOException("there is no JSON");
        }
        return switch (token) {
            case START_OBJECT -> members(parser);
            case START_ARRAY -> items(parser);
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberType() == JsonParser.NumberType.INT
                    ? Long.valueOf(parser.getLongValue())
                    : token == JsonToken.VALUE_NUMBER_INT ? parser.getNumberValue() : parser.getDecimalValue();
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NULL -> null;
            default -> throw new IOException("there is no JSON value at " + parser.currentLocation());
        };
    }

    private static Map<String, Object> members(JsonParser parser) throws IOException {
        Map<String, Object> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            Object value = value(parser);
            if (value != null) {
                members.put(name, value);
            }
        }
        return members;
    }

    private static List<Object> items(JsonParser parser) throws IOException {
        List<Object> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            Object value = value(parser);
            if (value != null) {
                items.add(value);
            }
        }
        return items;
    }

    /** Writes a value. */
    public static byte[] write(Object value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator generator = FACTORY.createGenerator(out)) {
            write(value, generator);
        } catch (IOException e) {
            throw new IllegalArgumentException("A value cannot be written as JSON", e);
        }
        return out.toByteArray();
    }

    /** Writes a value as text. */
    public static String text(Object value) {
        return new String(write(value), StandardCharsets.UTF_8);
    }

    private static void write(Object value, JsonGenerator generator) throws IOException {
        if (value instanceof Map<?, ?> members) {
            generator.writeStartObject();
            for (Map.Entry<?, ?> member : members.entrySet()) {
                generator.writeFieldName(String.valueOf(member.getKey()));
                write(member.getValue(), generator);
            }
            generator.writeEndObject();
        } else if (value instanceof List<?> items) {
            generator.writeStartArray();
            for (Object item : items) {
                write(item, generator);
            }
            generator.writeEndArray();
        } else if (value instanceof Boolean flag) {
            generator.writeBoolean(flag);
        } else if (value instanceof BigDecimal number) {
            generator.writeNumber(number);
        } else if (value instanceof BigInteger number) {
            generator.writeNumber(number);
        } else if (value instanceof Number number) {
            generator.writeNumber(number.longValue());
        } else {
            generator.writeString(String.valueOf(value));
        }
    }

    /** Returns a value that should be an object; an empty one if it is something else. */
    @SuppressWarnings("unchecked") // objects of JSON have texts as keys
    public static Map<String, Object> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    /** Returns a value that should be a list; an empty one if it is something else. */
    @SuppressWarnings("unchecked") // a list of anything is a list of objects to read
    public static List<Object> list(@Nullable Object value) {
        return value instanceof List<?> list ? (List<Object>) list : List.of();
    }

    /** Returns what is at a path of names, such as {@code status.state}. */
    public static Optional<Object> at(Map<String, Object> object, String path) {
        Object value = object;
        for (String name : path.split("\\.", -1)) {
            value = map(value).get(name);
        }
        return Optional.ofNullable(value);
    }

    /** Returns what is at a path of names, as a person reads it; empty if it is not there. */
    public static String textAt(Map<String, Object> object, String path) {
        return at(object, path).map(JsonTree::plain).orElse("");
    }

    /** Returns a value as a person reads it: lists with commas, objects as JSON. */
    public static String plain(Object value) {
        if (value instanceof List<?> items && items.stream().noneMatch(Map.class::isInstance)) {
            return String.join(",", items.stream().map(JsonTree::plain).toList());
        }
        return value instanceof Map || value instanceof List ? text(value) : String.valueOf(value);
    }
}
