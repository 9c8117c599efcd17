package io.serai.http.internal.channel;

import io.serai.http.internal.route.PathTemplate;
import java.util.Set;

/**
 * A method and a path.
 *
 * @param method in upper case
 * @param template the path
 */
record Route(String method, PathTemplate template) {
    static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    /**
     * Reads a route as {@link io.serai.api.service.ServiceInfo#rest()} writes it.
     *
     * @throws IllegalArgumentException if it is not one, saying why
     */
    static Route parse(String text) {
        int blank = text.indexOf(' ');
        if (blank < 0) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a method and a path; write for example 'GET /orders/{id}'");
        }
        return of(text.substring(0, blank), text.substring(blank + 1).strip());
    }

    static Route of(String method, String path) {
        if (!METHODS.contains(method)) {
            throw new IllegalArgumentException("'" + method
                    + "' is not a method a channel can have; use GET, HEAD, POST, PUT, PATCH, DELETE or OPTIONS");
        }
        return new Route(method, PathTemplate.parse(path));
    }

    /** Returns what two routes have in common exactly if one request would fit both alike. */
    String key() {
        return method + " " + template.shape();
    }

    @Override
    public String toString() {
        return method + " " + template;
    }
}
