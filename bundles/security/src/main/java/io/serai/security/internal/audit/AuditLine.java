package io.serai.security.internal.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.serai.api.security.AuditLog.Entry;
import io.serai.api.security.AuditLog.Event;
import io.serai.api.security.AuditLog.Outcome;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * An entry as a line: a JSON object of ASCII characters, whose last field is the hash of the bytes before it. Among these is the
 * hash of the line before.
 *
 * @param entry what it says
 * @param previous the hash of the line before
 * @param text the line, without its line break
 */
record AuditLine(Entry entry, String previous, String text) {
    /** What stands for the hash of the line before the first one. */
    static final String NOTHING = "0".repeat(64);

    private static final int VERSION = 1;
    private static final int MAX_TEXT = 1_000;
    private static final String HASH = ",\"hash\":\"";
    private static final String END = "\"}";
    private static final JsonFactory JSON =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    /** Writes an event. */
    static AuditLine of(long number, String node, Instant time, Event event, String previous) {
        Event clipped = clip(event);
        String hashed = hashed(number, node, time, clipped, previous);
        String hash = sha256(hashed);
        return new AuditLine(new Entry(number, node, time, clipped, hash), previous, hashed + HASH + hash + END);
    }

    /** Reads a line; empty if it is none, or not as it was written. */
    static Optional<AuditLine> parse(String text) {
        int end = text.length() - HASH.length() - NOTHING.length() - END.length();
        if (end <= 0 || !text.substring(end).equals(HASH + sha256(text.substring(0, end)) + END)) {
            return Optional.empty();
        }
        try {
            return Optional.of(line(fields(text), text));
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static AuditLine line(Map<String, String> fields, String text) {
        Event event = new Event(
                field(fields, "user"),
                field(fields, "from"),
                field(fields, "face"),
                field(fields, "action"),
                field(fields, "object"),
                Outcome.valueOf(field(fields, "outcome")),
                field(fields, "detail"));
        Entry entry = new Entry(
                Long.parseLong(field(fields, "number")),
                field(fields, "node"),
                Instant.parse(field(fields, "time")),
                event,
                field(fields, "hash"));
        return new AuditLine(entry, field(fields, "previous"), text);
    }

    private static String field(Map<String, String> fields, String name) {
        String value = fields.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }

    private static Map<String, String> fields(String text) throws IOException {
        Map<String, String> fields = new HashMap<>();
        try (JsonParser parser = JSON.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("no object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                fields.put(name, parser.getValueAsString(""));
            }
        }
        return fields;
    }

    private static String hashed(long number, String node, Instant time, Event event, String previous) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeNumberField("v", VERSION);
            json.writeNumberField("number", number);
            json.writeStringField("node", node);
            json.writeStringField("time", time.toString());
            json.writeStringField("user", event.user());
            json.writeStringField("from", event.from());
            json.writeStringField("face", event.face());
            json.writeStringField("action", event.action());
            json.writeStringField("object", event.object());
            json.writeStringField("outcome", event.outcome().name());
            json.writeStringField("detail", event.detail());
            json.writeStringField("previous", previous);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // of a text
        }
        return text.getBuffer().substring(0, text.getBuffer().length() - 1); // the hash comes before the brace
    }

    private static Event clip(Event event) {
        return new Event(
                clip(event.user()),
                clip(event.from()),
                clip(event.face()),
                clip(event.action()),
                clip(event.object()),
                event.outcome(),
                clip(event.detail()));
    }

    private static String clip(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "...";
    }

    private static String sha256(String text) {
        try {
            byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
