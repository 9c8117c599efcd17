package io.serai.runtime.internal.codec;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tells Jackson which components of a record must be there: all but those of an Optional type and those annotated
 * Nullable, whoever's annotation that is.
 */
final class RequiredComponents extends NopAnnotationIntrospector {
    private static final long serialVersionUID = 1L;
    private static final Map<Class<?>, Object> ABSENT = Map.of(
            Optional.class, Optional.empty(),
            OptionalInt.class, OptionalInt.empty(),
            OptionalLong.class, OptionalLong.empty(),
            OptionalDouble.class, OptionalDouble.empty());

    /** Returns whether a component must have a value. */
    static boolean isRequired(RecordComponent component) {
        return !ABSENT.containsKey(component.getType())
                && !hasNullable(component)
                && !hasNullable(component.getAnnotatedType());
    }

    /** Returns whether the elements of a collection must have a value: not if they are just any JSON. */
    private static boolean isContentRequired(AnnotatedType type) {
        if (!(type instanceof AnnotatedParameterizedType generic)) {
            return false;
        }
        AnnotatedType[] arguments = generic.getAnnotatedActualTypeArguments();
        AnnotatedType content = arguments[arguments.length - 1];
        Type raw = content.getType() instanceof ParameterizedType parameterized
                ? parameterized.getRawType()
                : content.getType();
        return raw instanceof Class<?> && raw != Object.class && !ABSENT.containsKey(raw) && !hasNullable(content);
    }

    /** Returns what stands for no value in a component of a type that need not have one. */
    static @Nullable Object absent(Class<?> type) {
        return ABSENT.get(type);
    }

    private static boolean hasNullable(AnnotatedElement element) {
        return Stream.of(element.getAnnotations())
                .map(Annotation::annotationType)
                .anyMatch(type -> type.getSimpleName().equals("Nullable"));
    }

    /** A null is refused, and so is an absent value, which Jackson takes for a null. */
    @Override
    public JsonSetter.Value findSetterInfo(Annotated annotated) {
        RecordComponent component = component(annotated);
        if (component == null) {
            return JsonSetter.Value.empty();
        }
        return JsonSetter.Value.construct(
                isRequired(component) ? Nulls.FAIL : Nulls.DEFAULT,
                isContentRequired(component.getAnnotatedType()) ? Nulls.FAIL : Nulls.DEFAULT);
    }

    private static @Nullable RecordComponent component(Annotated annotated) {
        if (!(annotated instanceof AnnotatedParameter parameter)
                || !parameter.getDeclaringClass().isRecord()) {
            return null;
        }
        RecordComponent[] components = parameter.getDeclaringClass().getRecordComponents();
        boolean canonical = parameter.getOwner().getParameterCount() == components.length;
        return canonical ? components[parameter.getIndex()] : null;
    }
}
