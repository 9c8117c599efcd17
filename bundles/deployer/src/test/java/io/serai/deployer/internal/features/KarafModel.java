package io.serai.deployer.internal.features;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.karaf.features.Feature;
import org.apache.karaf.features.FeaturesService;
import org.jspecify.annotations.Nullable;

/**
 * Karaf's feature model with given values. Its own classes cannot be loaded here, because they want JAXB, nor does its feature
 * service run without Karaf; what both are together is tested in the container.
 */
final class KarafModel {
    private KarafModel() {}

    /** Returns an object whose methods return values by name; the others return nothing, an empty list or false. */
    @SafeVarargs
    static <T> T answering(Class<T> type, Map<String, Object>... values) {
        Map<String, Object> all = new HashMap<>();
        for (Map<String, Object> some : values) {
            all.putAll(some);
        }
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) ->
                        all.containsKey(method.getName()) ? all.get(method.getName()) : none(method)));
    }

    private static @Nullable Object none(Method method) {
        if (method.getReturnType() == boolean.class) {
            return false;
        }
        return method.getReturnType() == List.class ? List.of() : null;
    }

    /** Returns a service that knows features, by {@code name} or {@code name/version}. */
    static FeaturesService service(List<Feature> known) {
        return (FeaturesService) Proxy.newProxyInstance(
                FeaturesService.class.getClassLoader(),
                new Class<?>[] {FeaturesService.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "listFeatures" -> known.toArray(Feature[]::new);
                    case "getFeatures" -> known.stream()
                            .filter(feature -> (feature.getId() + "/").startsWith(arguments[0] + "/"))
                            .toArray(Feature[]::new);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    /** Returns a service that fails whatever it is asked. */
    static FeaturesService failing(String why) {
        return (FeaturesService) Proxy.newProxyInstance(
                FeaturesService.class.getClassLoader(),
                new Class<?>[] {FeaturesService.class},
                (proxy, method, arguments) -> {
                    throw new IOException(why);
                });
    }
}
