package io.serai.http.internal.route;

import java.util.List;

/**
 * What a path led to.
 *
 * @param value what was registered
 * @param variables the decoded values of the template's variables, in order
 * @param <T> what is registered
 */
public record RouteMatch<T>(T value, List<String> variables) {}
