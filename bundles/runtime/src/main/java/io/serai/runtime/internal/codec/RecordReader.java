package io.serai.runtime.internal.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import io.serai.runtime.internal.codec.ValueReaders.ValueReader;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes records of one type of named values, without a detour over JSON. Thread-safe. */
final class RecordReader {
    private final Class<?> type;
    private final TypeMapper mapper;
    private final List<Component> components;
    private final MethodHandle constructor;

    /**
     * A component of the record.
     *
     * @param name its name in JSON
     * @param type its type
     * @param required whether it must have a value
     * @param absent what it is without a value, if it need not have one
     * @param reader what reads its value
     */
    record Component(String name, JavaType type, boolean required, @Nullable Object absent, ValueReader reader) {}

    RecordReader(TypeMapper mapper, JavaType type) {
        this.type = type.getRawClass();
        this.mapper = mapper;
        this.components = components(mapper, type);
        this.constructor = constructor(this.type);
    }

    private static List<Component> components(TypeMapper mapper, JavaType type) {
        RecordComponent[] declared = type.getRawClass().getRecordComponents();
        Component[] components = new Component[declared.length];
        ValueReaders readers = new ValueReaders(mapper);
        for (BeanPropertyDefinition property :
                mapper.json().getDeserializationConfig().introspect(type).findProperties()) {
            AnnotatedParameter parameter = property.getConstructorParameter();
            if (parameter != null && parameter.getOwner().getParameterCount() == declared.length) {
                int index = parameter.getIndex();
                components[index] = component(property.getName(), property.getPrimaryType(), declared[index], readers);
            }
        }
        for (int i = 0; i < declared.length; i++) {
            if (components[i] == null) {
                JavaType plain = mapper.json().constructType(declared[i].getGenericType());
                components[i] = component(declared[i].getName(), plain, declared[i], readers);
            }
        }
        return List.of(components);
    }

    private static Component component(String name, JavaType type, RecordComponent declared, ValueReaders readers) {
        boolean required = RequiredComponents.isRequired(declared);
        return new Component(name, type, required, RequiredComponents.absent(declared.getType()), readers.of(type));
    }

    /** Returns the canonical constructor as a method of an array of the values of all components. */
    private static MethodHandle constructor(Class<?> type) {
        Class<?>[] parameters = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            return MethodHandles.privateLookupIn(type, MethodHandles.lookup())
                    .findConstructor(type, MethodType.methodType(void.class, parameters))
                    .asSpreader(Object[].class, parameters.length)
                    .asType(MethodType.methodType(Object.class, Object[].class));
        } catch (NoSuchMethodException | IllegalAccessException e) {
            throw new IllegalStateException("Record " + type.getName() + " has no canonical constructor", e);
        }
    }

    /** Returns the components in their order. */
    List<Component> components() {
        return components;
    }

    /** Makes a record of values. */
    Object read(Map<String, ?> values) {
        Object[] arguments = new Object[components.size()];
        for (int i = 0; i < arguments.length; i++) {
            Component component = components.get(i);
            arguments[i] = value(component, values.get(component.name()));
        }
        return make(arguments);
    }

    /** Makes a record of a JSON object and values, which win. */
    Object read(JsonParser json, Map<String, ?> values) {
        try {
            return read(members(json, values), values);
        } catch (IOException e) {
            throw new JsonFailures(json, "").explain(e);
        }
    }

    private Object read(Map<String, TokenBuffer> members, Map<String, ?> values) throws IOException {
        Object[] arguments = new Object[components.size()];
        for (int i = 0; i < arguments.length; i++) {
            Component component = components.get(i);
            Object given = values.get(component.name());
            TokenBuffer member = members.get(component.name());
            arguments[i] = given == null && member != null ? member(component, member) : value(component, given);
        }
        return make(arguments);
    }

    private Map<String, TokenBuffer> members(JsonParser json, Map<String, ?> values) throws IOException {
        Map<String, TokenBuffer> members = new HashMap<>();
        if (json.nextToken() == null) {
            return members; // an empty payload says nothing that the values do not say
        }
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw new JsonFailures(json, "").mismatch("", type);
        }
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            if (values.get(name) == null && isComponent(name)) {
                TokenBuffer member = new TokenBuffer(json);
                member.copyCurrentStructure(json);
                members.put(name, member);
            } else {
                json.skipChildren();
            }
        }
        if (json.nextToken() != null) {
            throw new JsonFailures(json, "").trailing();
        }
        return members;
    }

    private boolean isComponent(String name) {
        return components.stream().anyMatch(component -> component.name().equals(name));
    }

    private static @Nullable Object value(Component component, @Nullable Object given) {
        if (given != null && !standsForNone(component, given)) {
            return component.reader().read(given, component.name());
        }
        if (component.required()) {
            throw Expected.missing(component.name(), component.type().getRawClass());
        }
        return component.absent();
    }

    /** Returns whether a value is an empty parameter for a component that may be null; Optional ones see for themselves. */
    private static boolean standsForNone(Component component, Object given) {
        return !component.required()
                && component.absent() == null
                && component.type().getRawClass() != String.class
                && ValueReaders.isBlank(given);
    }

    private @Nullable Object member(Component component, TokenBuffer member) throws IOException {
        try (JsonParser json = member.asParserOnFirstToken()) {
            if (json.currentToken() == JsonToken.VALUE_NULL) {
                return value(component, null);
            }
            return mapper.read(json, component.type(), component.name());
        }
    }

    private Object make(Object[] arguments) {
        try {
            return (Object) constructor.invokeExact(arguments);
        } catch (RuntimeException e) {
            throw JsonFailures.refused("", e);
        } catch (Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("Constructor of record " + type.getName() + " threw what it must not", e);
        }
    }
}
