package io.serai.http.internal.route;

import io.serai.http.internal.route.PathTemplate.Segment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A place in the tree of routes. Written by one thread at a time, read by any without a lock. */
final class RouteNode<T> {
    /** A child by a variable. */
    record Variable<T>(VariableType type, RouteNode<T> node) {}

    private volatile Map<String, RouteNode<T>> literals = Map.of();
    private volatile List<Variable<T>> variables = List.of();
    private volatile Map<String, RouteMatch<T>> matches = Map.of();

    @Nullable RouteNode<T> literal(String text) {
        return literals.get(text);
    }

    List<Variable<T>> variables() {
        return variables;
    }

    @Nullable RouteMatch<T> get(String method) {
        return matches.get(method);
    }

    Set<String> methods() {
        return matches.keySet();
    }

    boolean isEmpty() {
        return matches.isEmpty() && variables.isEmpty() && literals.isEmpty();
    }

    void put(String method, RouteMatch<T> match) {
        Map<String, RouteMatch<T>> copy = new HashMap<>(matches);
        copy.put(method, match);
        matches = Map.copyOf(copy);
    }

    void remove(String method) {
        Map<String, RouteMatch<T>> copy = new HashMap<>(matches);
        copy.remove(method);
        matches = Map.copyOf(copy);
    }

    @Nullable RouteNode<T> child(Segment segment) {
        if (segment.type() == null) {
            return literals.get(segment.text());
        }
        for (Variable<T> variable : variables) {
            if (variable.type() == segment.type()) {
                return variable.node();
            }
        }
        return null;
    }

    RouteNode<T> childOrNew(Segment segment) {
        RouteNode<T> child = child(segment);
        if (child != null) {
            return child;
        }
        RouteNode<T> added = new RouteNode<>();
        VariableType type = segment.type();
        if (type == null) {
            if (literals.isEmpty()) {
                literals = new ConcurrentHashMap<>(2);
            }
            literals.put(segment.text(), added);
        } else {
            List<Variable<T>> copy = new ArrayList<>(variables);
            copy.add(new Variable<>(type, added));
            copy.sort(Comparator.comparing(Variable::type));
            variables = List.copyOf(copy);
        }
        return added;
    }

    void removeChild(Segment segment) {
        if (segment.type() == null) {
            literals.remove(segment.text());
        } else {
            variables = variables.stream()
                    .filter(variable -> variable.type() != segment.type())
                    .toList();
        }
    }
}
