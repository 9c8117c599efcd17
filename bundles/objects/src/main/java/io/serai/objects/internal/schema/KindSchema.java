package io.serai.objects.internal.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.NonValidationKeyword;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The schema of a kind or of an action, as validation and references need it. Immutable. */
public final class KindSchema {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonSchemaFactory FACTORY = factory();
    private static final SchemaValidatorsConfig CONFIG = SchemaValidatorsConfig.builder()
            .pathType(PathType.JSON_POINTER)
            .locale(Locale.ENGLISH)
            .formatAssertionsEnabled(true)
            .build();

    private static final String AUDITED = "x-audit";

    private final JsonNode document;
    private final JsonSchema schema;
    private final boolean refers;

    /**
     * Reads a schema.
     *
     * @throws IllegalArgumentException if it is not JSON
     */
    public KindSchema(String text) {
        try {
            this.document = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("A schema is not JSON: " + text, e);
        }
        this.schema = FACTORY.getSchema(document, CONFIG);
        this.refers = !document.findValues(Reference.KEYWORD).isEmpty();
    }

    /**
     * Something about a spec.
     *
     * @param pointer where in the spec
     * @param message what is wrong, as what follows the name of the field
     */
    public record Finding(String pointer, String message) {}

    /**
     * A field that names another object.
     *
     * @param pointer where in the spec
     * @param kind of which kind it is
     * @param name its name
     */
    public record Reference(String pointer, String kind, String name) {
        private static final String KEYWORD = "x-reference";
        private static final String PATTERN = "x-reference-pattern";
    }

    private static JsonSchemaFactory factory() {
        JsonMetaSchema ours = JsonMetaSchema.builder(JsonMetaSchema.getV202012())
                .keyword(new NonValidationKeyword(Reference.KEYWORD))
                .keyword(new NonValidationKeyword(Reference.PATTERN))
                .keyword(new NonValidationKeyword("x-column"))
                .keyword(new NonValidationKeyword(AUDITED))
                .build();
        return JsonSchemaFactory.getInstance(VersionFlag.V202012, builder -> builder.metaSchema(ours));
    }

    /** Returns everything in which a spec does not fit. */
    public List<Finding> check(Map<String, Object> spec) {
        List<Finding> findings = new ArrayList<>();
        for (ValidationMessage message : schema.validate(JSON.valueToTree(spec))) {
            findings.add(Wording.of(message, document));
        }
        findings.sort(Comparator.comparing(Finding::pointer));
        return findings;
    }

    /** Returns a spec without the fields that nobody gives, because they are read-only. */
    public Map<String, Object> given(Map<String, Object> spec) {
        Map<String, Object> given = new LinkedHashMap<>(spec);
        given.keySet()
                .removeIf(field ->
                        document.path("properties").path(field).path("readOnly").asBoolean());
        return given;
    }

    /** Returns what the audit log is told of parameters: their names, and the values of those that are marked so. */
    public String audited(Map<String, Object> parameters) {
        return parameters.entrySet().stream()
                .map(parameter -> document.path("properties")
                                .path(parameter.getKey())
                                .path(AUDITED)
                                .asBoolean()
                        ? parameter.getKey() + "=" + parameter.getValue()
                        : parameter.getKey())
                .sorted()
                .collect(Collectors.joining(", "));
    }

    /** Returns whether a spec of this kind can refer to objects. */
    public boolean refers() {
        return refers;
    }

    /** Returns the objects that a spec names. */
    public List<Reference> references(Map<String, Object> spec) {
        List<Reference> references = new ArrayList<>();
        if (refers) {
            walk(document, spec, "", (place, value) -> {
                String kind = place.path(Reference.KEYWORD).asText();
                if (!kind.isEmpty() && value.value() instanceof String text) {
                    names(place, text).forEach(name -> references.add(new Reference(value.pointer(), kind, name)));
                }
            });
        }
        return references;
    }

    private static Stream<String> names(JsonNode place, String text) {
        String pattern = place.path(Reference.PATTERN).asText();
        return pattern.isEmpty()
                ? Stream.of(text)
                : Pattern.compile(pattern)
                        .matcher(text)
                        .results()
                        .map(found -> found.group(1))
                        .distinct();
    }

    private record Place(String pointer, Object value) {}

    private static void walk(JsonNode schema, Object value, String pointer, BiConsumer<JsonNode, Place> visitor) {
        visitor.accept(schema, new Place(pointer, value));
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, item) -> {
                JsonNode field = schema.path("properties").path(String.valueOf(key));
                walk(
                        field.isMissingNode() ? schema.path("additionalProperties") : field,
                        item,
                        pointer + "/" + escape(String.valueOf(key)),
                        visitor);
            });
        } else if (value instanceof Collection<?> items) {
            int index = 0;
            for (Object item : items) {
                walk(schema.path("items"), item, pointer + "/" + index++, visitor);
            }
        }
    }

    /** Returns a key as RFC 6901 writes it in a pointer. */
    public static String escape(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }

    static String unescape(String segment) {
        return segment.replace("~1", "/").replace("~0", "~");
    }
}
