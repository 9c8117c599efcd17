package io.serai.camel.internal;

import io.serai.api.runtime.ServiceDescriptor;
import io.serai.api.service.Workload;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A route that becomes a service.
 *
 * @param name the name of the service
 * @param owner the artifact the route is from
 * @param version the Camel context of the route: there is one for each version of an artifact
 * @param declaration how the service is called
 * @param gate closed when the route answers no longer
 * @param target what answers
 */
record RouteOffer(
        String name, String owner, Object version, Declaration declaration, CallGate gate, RouteTarget target) {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** Returns what the runtime will know of it, as far as it matters to who may object. */
    ServiceDescriptor descriptor(long bundleId) {
        return new ServiceDescriptor(
                name,
                "",
                declaration.rest(),
                Workload.NETWORK,
                TIMEOUT,
                Object.class,
                Object.class,
                owner,
                bundleId,
                RouteOffer.class.getName());
    }

    /**
     * How a service is called.
     *
     * @param rest the REST channels that lead to it
     * @param input what it takes
     */
    record Declaration(List<String> rest, RouteInput input) {
        private static final Pattern CHANNEL = Pattern.compile("[A-Z]+ /\\S*");

        Declaration {
            rest = List.copyOf(rest);
            for (String channel : rest) {
                if (!CHANNEL.matcher(channel).matches()) {
                    throw new IllegalArgumentException("Option 'rest' has the channel '" + channel
                            + "'; write a method in capitals, a blank and a path, such as GET /orders/{id}");
                }
            }
        }
    }
}
