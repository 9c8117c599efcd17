package io.serai.runtime.internal.extension;

import io.serai.api.service.Service;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a class takes and answers: the arguments of {@link Service} as its declaration and those of its supertypes state
 * them.
 */
record TypeArguments(Type input, Type output) {

    /** Returns the arguments of a class, or nothing if it does not state them: it is raw, or generic itself. */
    static Optional<TypeArguments> of(Class<?> type) {
        return find(type, Map.of());
    }

    private static Optional<TypeArguments> find(Class<?> type, Map<TypeVariable<?>, Type> variables) {
        List<Type> supertypes = new ArrayList<>(List.of(type.getGenericInterfaces()));
        if (type.getGenericSuperclass() != null) {
            supertypes.add(type.getGenericSuperclass());
        }
        for (Type supertype : supertypes) {
            Optional<TypeArguments> found = inSupertype(supertype, variables);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<TypeArguments> inSupertype(Type supertype, Map<TypeVariable<?>, Type> variables) {
        if (supertype instanceof Class<?> raw) {
            return Service.class.isAssignableFrom(raw) ? find(raw, Map.of()) : Optional.empty();
        }
        if (!(supertype instanceof ParameterizedType generic)
                || !(generic.getRawType() instanceof Class<?> raw)
                || !Service.class.isAssignableFrom(raw)) {
            return Optional.empty();
        }
        Map<TypeVariable<?>, Type> bound = new HashMap<>();
        Type[] arguments = generic.getActualTypeArguments();
        for (int i = 0; i < arguments.length; i++) {
            Type argument = substitute(arguments[i], variables);
            if (argument != null) {
                bound.put(raw.getTypeParameters()[i], argument);
            }
        }
        if (raw != Service.class) {
            return find(raw, bound);
        }
        Type input = bound.get(raw.getTypeParameters()[0]);
        Type output = bound.get(raw.getTypeParameters()[1]);
        return input == null || output == null ? Optional.empty() : Optional.of(new TypeArguments(input, output));
    }

    /** Returns a type with its variables replaced by what they stand for; null if one stands for nothing known. */
    private static @Nullable Type substitute(Type type, Map<TypeVariable<?>, Type> variables) {
        if (type instanceof TypeVariable<?> variable) {
            return variables.get(variable);
        }
        if (type instanceof GenericArrayType array) {
            Type component = substitute(array.getGenericComponentType(), variables);
            return component instanceof Class<?> plain ? plain.arrayType() : component == null ? null : array;
        }
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            Type[] replaced = new Type[arguments.length];
            for (int i = 0; i < arguments.length; i++) {
                Type argument = substitute(arguments[i], variables);
                if (argument == null) {
                    return null;
                }
                replaced[i] = argument;
            }
            return Arrays.equals(arguments, replaced) ? generic : new BoundType(generic, List.of(replaced));
        }
        return type;
    }

    /** A generic type with other arguments than it was declared with. */
    private record BoundType(ParameterizedType declared, List<Type> arguments) implements ParameterizedType {
        @Override
        public Type[] getActualTypeArguments() {
            return arguments.toArray(new Type[0]);
        }

        @Override
        public Type getRawType() {
            return declared.getRawType();
        }

        @Override
        public @Nullable Type getOwnerType() {
            return declared.getOwnerType();
        }

        @Override
        public String getTypeName() {
            return declared.getRawType().getTypeName() + "<"
                    + String.join(
                            ", ", arguments.stream().map(Type::getTypeName).toList()) + ">";
        }
    }
}
