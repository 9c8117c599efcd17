package io.serai.runtime.internal.codec;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says whether an object is of a type already. Looks into collections: their elements may be look-alikes from another
 * bundle, or from an earlier version of the same.
 */
final class TypeFit {
    private TypeFit() {}

    static boolean fits(@Nullable Object value, Type type) {
        if (value == null) {
            return true;
        }
        if (type instanceof Class<?> plain) {
            return plain.isInstance(value);
        }
        if (type instanceof ParameterizedType parameterized) {
            return parameterized.getRawType() instanceof Class<?> raw
                    && raw.isInstance(value)
                    && contentFits(value, parameterized.getActualTypeArguments());
        }
        // A variable or wildcard takes what its place takes; generic arrays are so rare that they may be copied
        return !(type instanceof GenericArrayType);
    }

    private static boolean contentFits(Object value, Type[] arguments) {
        if (value instanceof Collection<?> elements) {
            return elements.stream().allMatch(element -> fits(element, arguments[0]));
        }
        if (value instanceof Map<?, ?> map) {
            return arguments.length == 2
                    && map.entrySet().stream()
                            .allMatch(entry ->
                                    fits(entry.getKey(), arguments[0]) && fits(entry.getValue(), arguments[1]));
        }
        return !(value instanceof Optional<?> optional) || optional.stream().allMatch(one -> fits(one, arguments[0]));
    }
}
