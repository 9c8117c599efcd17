package io.serai.runtime.internal.codec;

import com.fasterxml.jackson.databind.JavaType;
import io.serai.api.service.ServiceException;
import java.lang.reflect.Array;
import java.lang.reflect.Type;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/** Makes what reads the value of a component, by the type of the component. */
final class ValueReaders {
    private final TypeMapper mapper;

    ValueReaders(TypeMapper mapper) {
        this.mapper = mapper;
    }

    /** Makes an object of a value that was given. */
    interface ValueReader {
        /**
         * Makes the object.
         *
         * @param given a text, a list, an object of the type already, or an object of the same JSON
         * @throws ServiceException {@code INVALID}, naming the path
         */
        Object read(Object given, String path);
    }

    ValueReader of(JavaType type) {
        Class<?> raw = type.getRawClass();
        if (raw == Optional.class) {
            return optional(type.getReferencedType(), Optional::of, Optional.empty());
        }
        if (raw == OptionalInt.class) {
            return optional(Integer.class, value -> OptionalInt.of((Integer) value), OptionalInt.empty());
        }
        if (raw == OptionalLong.class) {
            return optional(Long.class, value -> OptionalLong.of((Long) value), OptionalLong.empty());
        }
        if (raw == OptionalDouble.class) {
            return optional(Double.class, value -> OptionalDouble.of((Double) value), OptionalDouble.empty());
        }
        if (isList(raw) || (raw.isArray() && raw != byte[].class)) {
            return list(type);
        }
        return single(type);
    }

    static boolean isBlank(Object given) {
        return given instanceof String text && text.isEmpty();
    }

    private static boolean isList(Class<?> raw) {
        return raw == List.class || raw == Set.class || raw == Collection.class || raw == Iterable.class;
    }

    private ValueReader optional(Type content, Function<Object, Object> present, Object empty) {
        return optional(mapper.json().constructType(content), present, empty);
    }

    /** A parameter without a text stands for none, unless an empty text is a value. */
    private ValueReader optional(JavaType content, Function<Object, Object> present, Object empty) {
        ValueReader reader = of(content);
        boolean text = content.getRawClass() == String.class;
        return (given, path) -> !text && isBlank(given) ? empty : present.apply(reader.read(given, path));
    }

    private ValueReader list(JavaType type) {
        JavaType content = type.getContentType();
        ValueReader reader = of(content);
        Class<?> raw = type.getRawClass();
        return (given, path) -> {
            Collection<?> all = given instanceof Collection<?> many ? many : List.of(given);
            Collection<Object> read = raw == Set.class ? new LinkedHashSet<>() : new ArrayList<>(all.size());
            int index = 0;
            for (Object one : all) {
                String at = path + '[' + index++ + ']';
                if (one == null) {
                    throw Expected.missing(at, content.getRawClass());
                }
                read.add(reader.read(one, at));
            }
            return raw.isArray() ? array(read, content.getRawClass()) : read;
        };
    }

    private static Object array(Collection<Object> values, Class<?> content) {
        Object array = Array.newInstance(content, values.size());
        int index = 0;
        for (Object value : values) {
            Array.set(array, index++, value);
        }
        return array;
    }

    private ValueReader single(JavaType type) {
        Class<?> raw = Scalars.boxed(type.getRawClass());
        Function<String, Object> parser = Scalars.parser(raw);
        return (given, path) -> {
            Object one = given instanceof List<?> many && many.size() == 1 && parser != null ? many.get(0) : given;
            if (one instanceof String text && parser != null) {
                return parse(parser, text, path, raw);
            }
            if (raw.isInstance(one) && !type.hasGenericTypes()) {
                return one;
            }
            if (one instanceof List<?> many && parser != null) {
                throw Expected.mismatch(path, raw, many.size() + " values");
            }
            return mapper.convert(one, mapper, type, path);
        };
    }

    private static Object parse(Function<String, Object> parser, String text, String path, Class<?> type) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw Expected.mismatch(path, type, Expected.quoted(text));
        }
    }
}
