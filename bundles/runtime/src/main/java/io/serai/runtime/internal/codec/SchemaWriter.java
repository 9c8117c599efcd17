package io.serai.runtime.internal.codec;

import static io.serai.runtime.internal.codec.ScalarSchemas.with;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Describes types as JSON Schema of draft 2020-12, with the records under {@code $defs}. Not thread-safe. */
final class SchemaWriter {
    private final TypeMapper types;
    private final JsonMapper mapper;
    private final Map<String, Object> definitions = new TreeMap<>();
    private final Map<JavaType, String> names = new HashMap<>();

    SchemaWriter(TypeMapper types) {
        this.types = types;
        this.mapper = types.json();
    }

    Map<String, Object> schema(Type type) {
        Map<String, Object> schema = of(mapper.constructType(type));
        return definitions.isEmpty() ? schema : with(schema, "$defs", definitions);
    }

    private Map<String, Object> of(JavaType type) {
        Class<?> raw = Scalars.boxed(type.getRawClass());
        Map<String, Object> scalar = ScalarSchemas.of(raw);
        if (scalar != null) {
            return scalar;
        }
        if (raw == Optional.class) {
            return of(type.getReferencedType());
        }
        if (raw.isEnum()) {
            List<String> constants = Arrays.stream(raw.getEnumConstants())
                    .map(constant -> ((Enum<?>) constant).name())
                    .toList();
            return with(Map.of(), "type", "string", "enum", constants);
        }
        if (type.isMapLikeType()) {
            return with(Map.of(), "type", "object", "additionalProperties", of(type.getContentType()));
        }
        if (type.isCollectionLikeType() || type.isArrayType()) {
            Map<String, Object> array = with(Map.of(), "type", "array", "items", of(type.getContentType()));
            return Set.class.isAssignableFrom(raw) ? with(array, "uniqueItems", true) : array;
        }
        return with(Map.of(), "$ref", "#/$defs/" + define(type));
    }

    /** Describes an object once, under a name of its own, so that it may contain itself. */
    private String define(JavaType type) {
        String known = names.get(type);
        if (known != null) {
            return known;
        }
        String simple = simpleName(type);
        String name = simple;
        for (int i = 2; names.containsValue(name); i++) {
            name = simple + "-" + i;
        }
        names.put(type, name);
        definitions.put(name, type.getRawClass().isRecord() ? recordSchema(type) : beanSchema(type));
        return name;
    }

    /** Returns a name of the characters that OpenAPI allows: {@code GetOrder.Query}, {@code Page.Order}. */
    private static String simpleName(JavaType type) {
        Class<?> raw = type.getRawClass();
        StringBuilder name = new StringBuilder(raw.getSimpleName());
        for (Class<?> outer = raw.getEnclosingClass(); outer != null; outer = outer.getEnclosingClass()) {
            name.insert(0, outer.getSimpleName() + ".");
        }
        for (int i = 0; i < type.containedTypeCount(); i++) {
            name.append('.').append(simpleName(type.containedType(i)));
        }
        return name.toString().replaceAll("[^A-Za-z0-9._-]", "_");
    }

    private Map<String, Object> recordSchema(JavaType type) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        types.record(type).components().forEach(component -> {
            properties.put(component.name(), of(component.type()));
            if (component.required()) {
                required.add(component.name());
            }
        });
        Map<String, Object> schema = with(Map.of(), "type", "object", "properties", properties);
        return required.isEmpty() ? schema : with(schema, "required", required);
    }

    private Map<String, Object> beanSchema(JavaType type) {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (BeanPropertyDefinition property :
                mapper.getSerializationConfig().introspect(type).findProperties()) {
            if (property.couldSerialize()) {
                properties.put(property.getName(), of(property.getPrimaryType()));
            }
        }
        return with(Map.of(), "type", "object", "properties", properties);
    }
}
