package io.serai.http.internal.channel;

import java.io.StringReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What {@code objects/rest-channel/<name>.yaml} says; see {@code schema/rest-channel.json}.
 *
 * @param service the service it leads to
 * @param routes its routes, one for each method
 * @param options in what the channel differs
 */
record RestChannelSpec(String service, List<Route> routes, ChannelOptions options) {
    static final String KIND = "rest-channel";
    static final Set<String> KEYS = new TreeSet<>(Set.of("kind", "name", "spec"));
    static final Set<String> SPEC_KEYS =
            new TreeSet<>(Set.of("path", "methods", "service", "timeout", "maxBytes", "accepts", "cors"));
    static final Set<String> CORS_KEYS =
            new TreeSet<>(Set.of("origins", "headers", "exposed", "credentials", "maxAge"));
    private static final long MAX_BYTES = 1L << 40;
    private static final Duration CORS_MAX_AGE = Duration.ofMinutes(10);

    /**
     * Reads a channel.
     *
     * @param file its path, for messages
     * @param name the name it must have
     * @throws IllegalArgumentException naming file, line, column and field
     */
    static RestChannelSpec read(String file, String name, String yaml) {
        YamlMap object = YamlMap.read(file, new StringReader(yaml));
        object.allow(KEYS);
        if (!object.text("kind").equals(KIND)) {
            throw object.refusal("kind", "must be " + KIND + " in this folder");
        }
        if (!object.text("name").equals(name)) {
            throw object.refusal("name", "must be '" + name + "', as the file is called");
        }
        YamlMap spec = object.map("spec").orElseThrow(() -> object.refusal("spec", "is missing; add it"));
        if (spec.has("security")) {
            throw spec.refusal("security", "is not supported by this version; remove it");
        }
        spec.allow(SPEC_KEYS);
        ChannelOptions options = new ChannelOptions(
                spec.duration("timeout"), spec.number("maxBytes", 0, MAX_BYTES), accepts(spec), cors(spec));
        return new RestChannelSpec(spec.text("service"), routes(spec), options);
    }

    private static List<Route> routes(YamlMap spec) {
        String path = spec.text("path");
        List<String> methods = spec.texts("methods");
        if (methods.isEmpty()) {
            throw spec.refusal("methods", "is missing or empty; list at least one, such as [GET]");
        }
        List<Route> routes = new ArrayList<>();
        for (String method : new LinkedHashSet<>(methods)) {
            String key = Route.METHODS.contains(method) ? "path" : "methods";
            try {
                routes.add(Route.of(method, path));
            } catch (IllegalArgumentException e) {
                throw spec.refusal(key, "is wrong: " + e.getMessage());
            }
        }
        return routes;
    }

    private static List<String> accepts(YamlMap spec) {
        List<String> accepts = spec.texts("accepts");
        for (String type : accepts) {
            int slash = type.indexOf('/');
            if (slash <= 0 || slash == type.length() - 1 || type.indexOf(';') >= 0) {
                throw spec.refusal(
                        "accepts", "has '" + type + "'; write media types such as application/xml or text/*");
            }
        }
        return accepts;
    }

    private static Optional<CorsPolicy> cors(YamlMap spec) {
        Optional<YamlMap> map = spec.map("cors");
        if (map.isEmpty()) {
            return Optional.empty();
        }
        YamlMap cors = map.get();
        cors.allow(CORS_KEYS);
        try {
            return Optional.of(new CorsPolicy(
                    Set.copyOf(cors.texts("origins")),
                    cors.texts("headers"),
                    cors.texts("exposed"),
                    cors.flag("credentials"),
                    cors.duration("maxAge").orElse(CORS_MAX_AGE)));
        } catch (IllegalArgumentException e) {
            throw spec.refusal("cors", "is wrong: " + e.getMessage());
        }
    }
}
