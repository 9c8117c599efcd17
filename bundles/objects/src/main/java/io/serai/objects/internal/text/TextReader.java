package io.serai.objects.internal.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.serai.api.object.ObjectCodec;
import io.serai.api.object.ObjectException;
import io.serai.api.object.ObjectException.Reason;
import io.serai.objects.internal.schema.KindSchema;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Reads JSON, and YAML as far as it is JSON with other signs, by Jackson on SnakeYAML: aliases and tags are refused, so that no
 * document is larger than it looks and none names a class.
 */
final class TextReader {
    private static final int MAX_DEPTH = 50;
    private static final StreamReadConstraints CONSTRAINTS = StreamReadConstraints.builder()
            .maxNestingDepth(MAX_DEPTH)
            .maxStringLength((int) ObjectCodec.MAX_BYTES)
            .build();
    private static final YAMLFactory YAML = yaml();
    private static final JsonFactory JSON =
            JsonFactory.builder().streamReadConstraints(CONSTRAINTS).build();

    private final String source;
    private final JsonParser parser;
    private Map<String, JsonLocation> locations = new HashMap<>();

    private TextReader(String source, JsonParser parser) {
        this.source = source;
        this.parser = parser;
    }

    /** Reads all documents of a text that are not empty. */
    static List<Located> read(String source, InputStream text) throws ObjectException, IOException {
        InputStream buffered = new BufferedInputStream(text);
        JsonFactory factory = isJson(buffered) ? JSON : YAML;
        try (JsonParser parser = factory.createParser(buffered)) {
            return new TextReader(source, parser).documents();
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            String where = at == null ? "" : ":" + at.getLineNr() + ":" + at.getColumnNr();
            throw malformed(source + where, String.valueOf(e.getOriginalMessage()), e);
        } catch (YAMLException e) { // too long, too deep
            throw malformed(source, String.valueOf(e.getMessage()), e);
        }
    }

    private static ObjectException malformed(String where, String problem, Exception cause) {
        String first = problem.lines().findFirst().orElse("");
        return new ObjectException(Reason.INVALID, where + ": is neither YAML nor JSON: " + first, cause);
    }

    /** Returns whether a text begins as JSON does; much of JSON is YAML as well, but read a tenth as fast. */
    private static boolean isJson(InputStream text) throws IOException {
        text.mark(1024);
        int first = text.read();
        while (first == ' ' || first == '\n' || first == '\r' || first == '\t') {
            first = text.read();
        }
        text.reset();
        return first == '{' || first == '[';
    }

    private List<Located> documents() throws ObjectException, IOException {
        List<Located> documents = new ArrayList<>();
        while (parser.nextToken() != null) {
            locations = new HashMap<>();
            Object value = value("");
            if (value != null && !value.equals("")) {
                documents.add(new Located(source, "", value, locations));
            }
        }
        return documents;
    }

    private @Nullable Object value(String pointer) throws ObjectException, IOException {
        JsonLocation location = parser.currentTokenLocation();
        locations.put(pointer, location);
        if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
            throw refusal(location, "has an alias; write what it stands for");
        }
        if (parser.getTypeId() != null) {
            throw refusal(location, "has a tag; leave it out");
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> map(pointer);
            case START_ARRAY -> list(pointer);
            case VALUE_NULL -> null;
            case VALUE_TRUE, VALUE_FALSE -> parser.getBooleanValue();
            case VALUE_NUMBER_INT -> integer();
            case VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
            default -> parser.getText();
        };
    }

    private Object integer() throws IOException {
        BigInteger number = parser.getBigIntegerValue();
        return number.bitLength() < Long.SIZE ? (Object) number.longValueExact() : number;
    }

    private Map<String, Object> map(String pointer) throws ObjectException, IOException {
        Map<String, Object> map = new LinkedHashMap<>();
        Set<String> keys = new HashSet<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            if (!keys.add(key)) {
                throw refusal(parser.currentTokenLocation(), "has " + key + " twice; remove one");
            }
            parser.nextToken();
            Object value = value(pointer + "/" + KindSchema.escape(key));
            if (value != null) {
                map.put(key, value);
            }
        }
        return map;
    }

    private List<Object> list(String pointer) throws ObjectException, IOException {
        List<Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            JsonLocation location = parser.currentTokenLocation();
            Object value = value(pointer + "/" + list.size());
            if (value == null) {
                throw refusal(location, "has a list with an empty item; remove it");
            }
            list.add(value);
        }
        return list;
    }

    private ObjectException refusal(JsonLocation at, String problem) {
        return new ObjectException(
                Reason.INVALID, source + ":" + at.getLineNr() + ":" + at.getColumnNr() + ": the text " + problem, null);
    }

    private static YAMLFactory yaml() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit((int) ObjectCodec.MAX_BYTES);
        options.setNestingDepthLimit(MAX_DEPTH);
        options.setMaxAliasesForCollections(0);
        return YAMLFactory.builder()
                .loaderOptions(options)
                .streamReadConstraints(CONSTRAINTS)
                .build();
    }
}
