package io.serai.http.internal.openapi;

import io.serai.api.runtime.PayloadCodec;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The schemas of a document. What a type's schema defines for itself moves to the components of the document, under the
 * name of the service, since two services may call different records alike.
 */
final class Schemas {
    private static final String DEFINITIONS = "#/$defs/";
    private static final String COMPONENTS = "#/components/schemas/";

    private final PayloadCodec codec;
    private final Map<String, Object> components = new TreeMap<>();

    Schemas(PayloadCodec codec) {
        this.codec = codec;
    }

    Map<String, Object> components() {
        return components;
    }

    /** Returns the schema of a type, with references into the components. */
    Map<String, Object> of(String service, Type type) {
        Map<String, Object> schema = new LinkedHashMap<>(codec.schema(type));
        schema.remove("$schema");
        Object definitions = schema.remove("$defs");
        if (definitions instanceof Map<?, ?> map) {
            map.forEach((name, definition) ->
                    components.put(componentName(service, String.valueOf(name)), moved(service, definition)));
        }
        return asMap(moved(service, schema));
    }

    /** Returns what a schema refers to, if it is nothing but a reference. */
    Map<String, Object> resolved(Map<String, Object> schema) {
        Object reference = schema.get("$ref");
        return reference instanceof String text && text.startsWith(COMPONENTS)
                ? asMap(components.getOrDefault(text.substring(COMPONENTS.length()), Map.of()))
                : schema;
    }

    /** Returns a value as a map of strings; empty if it is none. */
    static Map<String, Object> asMap(Object value) {
        Map<String, Object> copy = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, item) -> copy.put(String.valueOf(key), item));
        }
        return copy;
    }

    private static Object moved(String service, Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((key, item) -> copy.put(
                    String.valueOf(key),
                    key.equals("$ref") ? reference(service, String.valueOf(item)) : moved(service, item)));
            return copy;
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(item -> copy.add(moved(service, item)));
            return copy;
        }
        return value;
    }

    private static String reference(String service, String reference) {
        return reference.startsWith(DEFINITIONS)
                ? COMPONENTS + componentName(service, reference.substring(DEFINITIONS.length()))
                : reference;
    }

    /** Returns a name of the letters that OpenAPI allows for components. */
    private static String componentName(String service, String definition) {
        StringBuilder name = new StringBuilder(service).append('.');
        for (int i = 0; i < definition.length(); i++) {
            char c = definition.charAt(i);
            boolean allowed = (c < 0x80 && Character.isLetterOrDigit(c)) || c == '.' || c == '-' || c == '_';
            name.append(allowed ? c : '_');
        }
        return name.toString();
    }
}
