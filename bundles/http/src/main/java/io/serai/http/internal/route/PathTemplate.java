package io.serai.http.internal.route;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The path of a channel, such as {@code /orders/{id:int}/lines}. Compared without percent-encoding: a template is written
 * as people read it. A trailing slash makes another path.
 *
 * @param text the template as it was written
 * @param segments its segments, in order; one that is empty for {@code /}
 */
public record PathTemplate(String text, List<Segment> segments) {
    private static final int MAX_LENGTH = 1024;

    /**
     * A segment.
     *
     * @param text the literal, or the name of the variable
     * @param type what the variable matches; null for a literal
     */
    public record Segment(String text, @Nullable VariableType type) {
        @Override
        public String toString() {
            return type == null ? text : "{" + text + ":" + type.label() + "}";
        }
    }

    public PathTemplate {
        segments = List.copyOf(segments);
    }

    /**
     * Reads a template.
     *
     * @throws IllegalArgumentException if it is not one, saying why
     */
    public static PathTemplate parse(String text) {
        if (!text.startsWith("/") || text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "Path '" + text + "' must start with / and have at most 1024 characters");
        }
        List<Segment> segments = new ArrayList<>();
        Set<String> names = new HashSet<>();
        String[] parts = text.substring(1).split("/", -1);
        for (int i = 0; i < parts.length; i++) {
            boolean last = i == parts.length - 1;
            Segment segment = parts[i].startsWith("{") ? variable(text, parts[i]) : literal(text, parts[i], last);
            if (segment.type() == VariableType.PATH && !last) {
                throw new IllegalArgumentException("Path '" + text + "' has " + segment
                        + " before its end; a variable of type path takes all that remains, put it last");
            }
            if (segment.type() != null && !names.add(segment.text())) {
                throw new IllegalArgumentException(
                        "Path '" + text + "' has the variable '" + segment.text() + "' twice; rename one");
            }
            segments.add(segment);
        }
        return new PathTemplate(text, segments);
    }

    /** Returns the names of the variables, in order. */
    public List<String> variables() {
        return segments.stream()
                .filter(segment -> segment.type() != null)
                .map(Segment::text)
                .toList();
    }

    /** Returns the template without the names of its variables: two templates of one shape match the same paths. */
    public String shape() {
        StringBuilder shape = new StringBuilder();
        for (Segment segment : segments) {
            VariableType type = segment.type();
            shape.append('/').append(type == null ? segment.text() : "{" + type.label() + "}");
        }
        return shape.toString();
    }

    /** Returns the path as OpenAPI writes it: variables without their types. */
    public String openApiPath() {
        StringBuilder path = new StringBuilder();
        for (Segment segment : segments) {
            path.append('/').append(segment.type() == null ? segment.text() : "{" + segment.text() + "}");
        }
        return path.toString();
    }

    @Override
    public String toString() {
        return text;
    }

    private static Segment literal(String path, String part, boolean last) {
        if (part.isEmpty() && !last) {
            throw new IllegalArgumentException("Path '" + path + "' has an empty segment; remove one of the slashes");
        }
        if (part.equals(".") || part.equals("..")) {
            throw new IllegalArgumentException("Path '" + path + "' has the segment '" + part + "'; remove it");
        }
        if (part.chars().anyMatch(c -> c <= ' ' || c == 0x7f || "{}?#%\\".indexOf(c) >= 0)) {
            throw new IllegalArgumentException("Path '" + path + "' has a character that is not allowed in '" + part
                    + "'; a variable is a whole segment, such as {id} or {id:int}, and % is not written encoded");
        }
        return new Segment(part, null);
    }

    private static Segment variable(String path, String part) {
        if (!part.endsWith("}")) {
            throw new IllegalArgumentException(
                    "Path '" + path + "' has '" + part + "'; a variable is a whole segment, such as {id} or {id:int}");
        }
        String body = part.substring(1, part.length() - 1);
        int colon = body.indexOf(':');
        String name = colon < 0 ? body : body.substring(0, colon);
        String type = colon < 0 ? VariableType.STRING.label() : body.substring(colon + 1);
        boolean identifier = !name.isEmpty()
                && Character.isJavaIdentifierStart(name.charAt(0))
                && name.chars().allMatch(Character::isJavaIdentifierPart);
        if (!identifier) {
            throw new IllegalArgumentException("Path '" + path + "' has the variable '" + part
                    + "', whose name is not that of a record component; use letters, digits and underscores");
        }
        return new Segment(
                name,
                VariableType.named(type)
                        .orElseThrow(() -> new IllegalArgumentException("Path '" + path + "' has the variable '" + part
                                + "' of an unknown type; use int, long, uuid, string or path")));
    }
}
