package io.serai.http.internal.channel;

import io.serai.http.internal.route.PathTemplate;
import java.util.List;

/**
 * A REST channel: one method of one path, and the service it leads to.
 *
 * @param origin who declared it, for people: {@code service orders.get of deploy/orders.jar}
 * @param method the method, in upper case
 * @param template the path
 * @param variables the names of the path's variables
 * @param service the place of the service
 * @param options in what it differs
 */
public record Channel(
        String origin,
        String method,
        PathTemplate template,
        List<String> variables,
        ServiceSlot service,
        ChannelOptions options)
        implements Target {
    public Channel {
        variables = List.copyOf(variables);
    }

    static Channel of(String origin, Route route, ServiceSlot service, ChannelOptions options) {
        PathTemplate template = route.template();
        return new Channel(origin, route.method(), template, template.variables(), service, options);
    }
}
