package io.serai.runtime.internal.codec;

import java.lang.ref.WeakReference;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The mappers, one for each class loader. A mapper keeps the classes it has seen; so what holds a mapper are those classes,
 * each by its own {@link ClassValue}, and nothing else: when the bundle goes, its mapper goes with it. Thread-safe.
 */
final class TypeMappers {
    private final ClassValue<TypeMapper> byClass = new ClassValue<>() {
        @Override
        protected TypeMapper computeValue(Class<?> type) {
            return ofLoader(type.getClassLoader());
        }
    };

    private final Map<ClassLoader, WeakReference<TypeMapper>> byLoader = new WeakHashMap<>(); // guarded by itself
    private volatile @Nullable TypeMapper platform;

    /** Returns the mapper for a type: that of the first class in it which is not the platform's. */
    TypeMapper of(Type type) {
        Class<?> own = ownClass(type);
        return own == null ? platform() : byClass.get(own);
    }

    /** Returns the mapper for an object. */
    TypeMapper of(@Nullable Object value) {
        return value == null || isPlatform(value.getClass()) ? platform() : byClass.get(value.getClass());
    }

    /**
     * Forgets what was seen within maps and lists: they may have held objects of a bundle that is gone.
     */
    void forgetPlatform() {
        platform = null;
    }

    private TypeMapper platform() {
        TypeMapper present = platform;
        if (present == null) {
            present = new TypeMapper();
            platform = present;
        }
        return present;
    }

    private TypeMapper ofLoader(ClassLoader loader) {
        synchronized (byLoader) {
            WeakReference<TypeMapper> known = byLoader.get(loader);
            TypeMapper mapper = known == null ? null : known.get();
            if (mapper == null) {
                mapper = new TypeMapper();
                byLoader.put(loader, new WeakReference<>(mapper));
            }
            return mapper;
        }
    }

    private static @Nullable Class<?> ownClass(Type type) {
        if (type instanceof Class<?> plain) {
            Class<?> element = plain;
            while (element.isArray()) {
                element = element.getComponentType();
            }
            return isPlatform(element) ? null : element;
        }
        if (type instanceof ParameterizedType parameterized) {
            Class<?> raw = ownClass(parameterized.getRawType());
            return raw == null ? ownClass(parameterized.getActualTypeArguments()) : raw;
        }
        if (type instanceof GenericArrayType array) {
            return ownClass(array.getGenericComponentType());
        }
        return type instanceof WildcardType wildcard ? ownClass(wildcard.getUpperBounds()) : null;
    }

    private static @Nullable Class<?> ownClass(Type[] types) {
        for (Type type : types) {
            Class<?> own = ownClass(type);
            if (own != null) {
                return own;
            }
        }
        return null;
    }

    private static boolean isPlatform(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        return loader == null || loader == ClassLoader.getPlatformClassLoader();
    }
}
