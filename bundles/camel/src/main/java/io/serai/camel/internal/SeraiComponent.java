package io.serai.camel.internal;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/** The component {@code serai:}, by which routes call services, and are services that others call. */
final class SeraiComponent extends DefaultComponent {
    static final String SCHEME = "serai";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,128}");

    private final ServiceCalls calls;
    private final RouteServices services;
    private final String owner;

    SeraiComponent(ServiceCalls calls, RouteServices services, String owner) {
        this.calls = calls;
        this.services = services;
        this.owner = owner;
    }

    ServiceCalls calls() {
        return calls;
    }

    RouteServices services() {
        return services;
    }

    /** Returns the artifact that the routes of this context are from. */
    String owner() {
        return owner;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        if (!NAME.matcher(remaining).matches()) {
            throw new IllegalArgumentException("'" + remaining + "' is no name of a service, which has letters, digits,"
                    + " dots, hyphens and underscores, at most 128; write serai:<service>");
        }
        long timeout = getAndRemoveParameter(parameters, SeraiEndpoint.TIMEOUT, Long.class, 0L);
        String format = getAndRemoveParameter(parameters, SeraiEndpoint.FORMAT, String.class, SeraiEndpoint.OBJECT);
        String rest = getAndRemoveParameter(parameters, SeraiEndpoint.REST, String.class, "");
        String input = getAndRemoveParameter(parameters, SeraiEndpoint.INPUT, String.class, "map");
        SeraiEndpoint.Call call = new SeraiEndpoint.Call(timeout, format);
        RouteOffer.Declaration declaration = new RouteOffer.Declaration(channels(rest), RouteInput.of(input));
        return new SeraiEndpoint(uri, this, remaining, call, declaration);
    }

    private static List<String> channels(String rest) {
        return Arrays.stream(rest.split(","))
                .map(String::strip)
                .filter(channel -> !channel.isEmpty())
                .toList();
    }
}
