package io.serai.http.internal.route;

import io.serai.http.internal.route.PathTemplate.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a method and a path lead to. A tree by segments: adding and removing costs the depth of the path, whatever
 * the number of routes; readers take no lock.
 *
 * <p>Among the templates that match a path, the one that is more specific in the first segment in which they differ is
 * taken: a literal before a variable, variables in the order of {@link VariableType}. A template that lacks the method is
 * passed over, so that a literal path does not hide the other methods of a wider one.
 *
 * @param <T> what is registered
 */
public final class RouteTable<T> {
    private final Object lock = new Object();
    private final RouteNode<T> root = new RouteNode<>();
    private final Map<String, RouteNode<T>> literalPaths = new ConcurrentHashMap<>();

    /** Registers a route, replacing what has the same method and shape. */
    public void put(String method, PathTemplate template, T value) {
        synchronized (lock) {
            RouteNode<T> node = root;
            for (Segment segment : template.segments()) {
                node = node.childOrNew(segment);
            }
            node.put(method, new RouteMatch<>(value, List.of()));
            if (template.variables().isEmpty()) {
                literalPaths.put(template.text(), node);
            }
        }
    }

    /** Removes a route; does nothing if there is none. */
    public void remove(String method, PathTemplate template) {
        synchronized (lock) {
            prune(root, template.segments(), method);
            RouteNode<T> node = literalPaths.get(template.text());
            if (node != null && node.methods().isEmpty()) {
                literalPaths.remove(template.text());
            }
        }
    }

    /**
     * Returns where a request goes; null if nowhere.
     *
     * @param path the path as the client sent it, percent-encoded
     * @throws IllegalArgumentException if the path is malformed or climbs, whatever is registered
     */
    public @Nullable RouteMatch<T> find(String method, String path) {
        RouteNode<T> literal = literalPaths.get(path);
        RouteMatch<T> match = literal == null ? null : literal.get(method);
        return match != null ? match : new Walk(method, segments(path)).find(root, 0);
    }

    /** Returns the methods that any route has for a path. */
    public SortedSet<String> methods(String path) {
        Walk walk = new Walk(null, segments(path));
        walk.find(root, 0);
        return walk.methods;
    }

    private static <T> void prune(RouteNode<T> node, List<Segment> segments, String method) {
        if (segments.isEmpty()) {
            node.remove(method);
            return;
        }
        RouteNode<T> child = node.child(segments.get(0));
        if (child != null) {
            prune(child, segments.subList(1, segments.size()), method);
            if (child.isEmpty()) {
                node.removeChild(segments.get(0));
            }
        }
    }

    private static List<String> segments(String path) {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("Path '" + path + "' does not start with /");
        }
        List<String> segments = new ArrayList<>(8);
        int from = 1;
        while (from <= path.length()) {
            int slash = path.indexOf('/', from);
            int to = slash < 0 ? path.length() : slash;
            segments.add(checked(PercentDecoder.segment(path, from, to)));
            from = to + 1;
        }
        return segments;
    }

    private static String checked(String segment) {
        for (int i = 0; i < segment.length(); i++) {
            char c = segment.charAt(i);
            if (c < ' ' || c == 0x7f || c == '/' || c == '\\') {
                throw new IllegalArgumentException(
                        "Path has an encoded slash, a backslash or a control character; send such values in the query");
            }
        }
        if (segment.equals(".") || segment.equals("..")) {
            throw new IllegalArgumentException("Path has the segment '" + segment + "'; send it resolved");
        }
        return segment;
    }

    /** One search: for the first match of a method, or, without one, for all methods. */
    private final class Walk {
        private final @Nullable String method;
        private final List<String> segments;
        private final List<String> values = new ArrayList<>(4);
        private final SortedSet<String> methods = new TreeSet<>();

        Walk(@Nullable String method, List<String> segments) {
            this.method = method;
            this.segments = segments;
        }

        @Nullable RouteMatch<T> find(RouteNode<T> node, int depth) {
            if (depth == segments.size()) {
                return end(node);
            }
            String segment = segments.get(depth);
            RouteNode<T> literal = node.literal(segment);
            RouteMatch<T> match = literal == null ? null : find(literal, depth + 1);
            if (match != null) {
                return match;
            }
            for (RouteNode.Variable<T> child : node.variables()) {
                match = child.type() == VariableType.PATH ? rest(child, depth) : variable(child, segment, depth);
                if (match != null) {
                    return match;
                }
            }
            return null;
        }

        private @Nullable RouteMatch<T> variable(RouteNode.Variable<T> child, String segment, int depth) {
            if (!child.type().matches(segment)) {
                return null;
            }
            values.add(segment);
            RouteMatch<T> match = find(child.node(), depth + 1);
            values.remove(values.size() - 1);
            return match;
        }

        private @Nullable RouteMatch<T> rest(RouteNode.Variable<T> child, int depth) {
            String rest = String.join("/", segments.subList(depth, segments.size()));
            if (rest.isEmpty()) {
                return null;
            }
            values.add(rest);
            RouteMatch<T> match = end(child.node());
            values.remove(values.size() - 1);
            return match;
        }

        private @Nullable RouteMatch<T> end(RouteNode<T> node) {
            if (method == null) {
                methods.addAll(node.methods());
                return null;
            }
            RouteMatch<T> match = node.get(method);
            return match == null || values.isEmpty() ? match : new RouteMatch<>(match.value(), List.copyOf(values));
        }
    }
}
