package io.serai.security.internal.directory;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.serai.api.state.Content;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.YAMLException;

/** An object as a file of the state: kind, name and spec. Says what is wrong with it by {@link IllegalArgumentException}. */
public final class ObjectYaml {
    /** The largest file. */
    public static final int MAX_BYTES = 64 * 1024;

    private static final int MAX_DEPTH = 12;
    private static final YAMLFactory FACTORY = YAMLFactory.builder()
            .loaderOptions(limits())
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(StreamWriteFeature.STRICT_DUPLICATE_DETECTION)
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .build();
    private static final ObjectMapper YAML = new ObjectMapper(FACTORY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    private ObjectYaml() {}

    private static LoaderOptions limits() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MAX_BYTES);
        options.setNestingDepthLimit(MAX_DEPTH);
        options.setMaxAliasesForCollections(0);
        options.setAllowDuplicateKeys(false);
        return options;
    }

    /** Reads the spec of an object whose file must say that it is of this kind and name. */
    static Map<String, Object> spec(String kind, String name, byte[] text) {
        if (text.length > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "it has " + text.length + " bytes; at most " + MAX_BYTES + " are allowed");
        }
        Map<?, ?> object;
        try (JsonParser parser = new WithoutAliases(FACTORY.createParser(text))) {
            object = YAML.readValue(parser, Map.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "it is no YAML with kind, name and spec: " + e.getOriginalMessage() + position(e), e);
        } catch (IOException | YAMLException e) {
            throw new IllegalArgumentException("it is no YAML: " + e.getMessage(), e);
        }
        if (object == null) {
            throw new IllegalArgumentException("it is empty; write kind, name and spec");
        }
        Map<Object, Object> rest = new LinkedHashMap<>(object);
        expect(rest.remove("kind"), "kind", kind);
        expect(rest.remove("name"), "name", name);
        Object spec = rest.remove("spec");
        if (!rest.isEmpty()) {
            throw new IllegalArgumentException(
                    "'" + rest.keySet().iterator().next() + "' is no key of an object; use kind," + " name and spec");
        }
        if (!(spec instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException("spec must be a mapping");
        }
        Map<String, Object> values = new LinkedHashMap<>();
        map.forEach((key, value) -> values.put(String.valueOf(key), value));
        return values;
    }

    /** Writes an object. */
    public static Content write(String kind, String name, Map<String, Object> spec) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("kind", kind);
        object.put("name", name);
        object.put("spec", new TreeMap<>(spec));
        try {
            return Content.of(YAML.writeValueAsBytes(object));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Cannot write " + kind + "/" + name + ": " + e.getOriginalMessage(), e);
        }
    }

    private static void expect(@Nullable Object value, String key, String expected) {
        if (!expected.equals(value)) {
            throw new IllegalArgumentException(key + " must be " + expected + ", as the path of the file has it");
        }
    }

    private static String position(JsonProcessingException e) {
        return e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ")";
    }

    /** Refuses aliases, which Jackson would read as texts. */
    private static final class WithoutAliases extends JsonParserDelegate {
        private final YAMLParser parser;

        WithoutAliases(YAMLParser parser) {
            super(parser);
            this.parser = parser;
        }

        @Override
        public @Nullable JsonToken nextToken() throws IOException {
            JsonToken token = super.nextToken();
            if (parser.isCurrentAlias()) {
                throw new IOException("aliases (*) are not allowed; write the value itself");
            }
            return token;
        }
    }
}
