package io.serai.http.internal.channel;

import io.serai.api.access.AddressRange;
import io.serai.api.access.ChannelRules;
import io.serai.api.object.ObjectException;
import io.serai.api.object.ObjectException.Problem;
import io.serai.api.object.ObjectException.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The spec of a channel, which fits {@code schema/rest-channel.json}.
 *
 * @param service the service it leads to
 * @param routes its routes, one for each method
 * @param options in what the channel differs, without guard
 * @param rules who may call it
 */
record RestChannelSpec(String service, List<Route> routes, ChannelOptions options, ChannelRules rules) {
    private static final Duration CORS_MAX_AGE = Duration.ofMinutes(10);
    private static final Duration LONGEST = Duration.ofDays(1);

    /**
     * Reads a spec that fits the schema.
     *
     * @throws ObjectException {@code INVALID} naming the field, for what the schema cannot say
     */
    static RestChannelSpec of(String name, Map<String, Object> spec) throws ObjectException {
        ChannelOptions options = new ChannelOptions(
                duration(spec, "timeout", "/spec/timeout"),
                spec.get("maxBytes") instanceof Long bytes ? OptionalLong.of(bytes) : OptionalLong.empty(),
                texts(spec, "accepts"),
                cors(spec),
                Optional.empty());
        return new RestChannelSpec(String.valueOf(spec.get("service")), routes(spec), options, rules(name, spec));
    }

    private static List<Route> routes(Map<String, Object> spec) throws ObjectException {
        List<Route> routes = new ArrayList<>();
        for (String method : new LinkedHashSet<>(texts(spec, "methods"))) {
            try {
                routes.add(Route.of(method, String.valueOf(spec.get("path"))));
            } catch (IllegalArgumentException e) {
                throw refusal("/spec/path", e);
            }
        }
        return routes;
    }

    private static Optional<CorsPolicy> cors(Map<String, Object> spec) throws ObjectException {
        if (!(spec.get("cors") instanceof Map<?, ?> cors)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new CorsPolicy(
                    Set.copyOf(texts(cors, "origins")),
                    texts(cors, "headers"),
                    texts(cors, "exposed"),
                    Boolean.TRUE.equals(cors.get("credentials")),
                    duration(cors, "maxAge", "/spec/cors/maxAge").orElse(CORS_MAX_AGE)));
        } catch (IllegalArgumentException e) {
            throw refusal("/spec/cors", e);
        }
    }

    private static ChannelRules rules(String name, Map<String, Object> spec) throws ObjectException {
        Map<?, ?> security = spec.get("security") instanceof Map<?, ?> map ? map : Map.of();
        try {
            return new ChannelRules(
                    name,
                    Set.copyOf(texts(security, "credentials")),
                    Set.copyOf(texts(security, "groups")),
                    texts(security, "addresses").stream()
                            .map(AddressRange::parse)
                            .toList(),
                    texts(spec, "limits"));
        } catch (IllegalArgumentException e) {
            throw refusal("/spec/security/addresses", e);
        }
    }

    private static List<String> texts(Map<?, ?> spec, String key) {
        return spec.get(key) instanceof Collection<?> items
                ? items.stream().map(String::valueOf).toList()
                : List.of();
    }

    private static Optional<Duration> duration(Map<?, ?> spec, String key, String pointer) throws ObjectException {
        if (!(spec.get(key) instanceof String text)) {
            return Optional.empty();
        }
        int unit = text.replaceFirst("[a-z]+$", "").length();
        long number = Long.parseLong(text.substring(0, unit)); // nine digits of any unit fit
        Duration duration =
                switch (text.substring(unit)) {
                    case "ms" -> Duration.ofMillis(number);
                    case "s" -> Duration.ofSeconds(number);
                    default -> Duration.ofMinutes(number);
                };
        if (duration.isZero() || duration.compareTo(LONGEST) > 0) {
            throw refusal(pointer, new IllegalArgumentException("it must be more than nothing and at most a day"));
        }
        return Optional.of(duration);
    }

    private static ObjectException refusal(String pointer, IllegalArgumentException cause) {
        String message = "is wrong: " + cause.getMessage();
        return new ObjectException(Reason.INVALID, message, List.of(new Problem("", pointer, message)), cause);
    }
}
