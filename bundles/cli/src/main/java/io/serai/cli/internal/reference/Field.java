package io.serai.cli.internal.reference;

import io.serai.cli.internal.output.JsonTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A field of an object, or a parameter of an action.
 *
 * @param path where it is: {@code security.credentials}, {@code limits[].per} within a list, {@code labels.*} of a map
 * @param type what it is: {@code text}, {@code list of number}
 * @param needed whether it must be there, if what it is part of is there
 * @param bounds what values it may have, and which it has if nobody says; empty if any
 * @param description what it means
 */
public record Field(String path, String type, boolean needed, String bounds, String description) {

    /** Returns all fields of a schema, each before its parts. */
    public static List<Field> of(Map<String, Object> schema) {
        List<Field> fields = new ArrayList<>();
        addParts("", schema, fields);
        return fields;
    }

    private static void addParts(String path, Map<String, Object> schema, List<Field> fields) {
        List<Object> required = JsonTree.list(schema.get("required"));
        JsonTree.map(schema.get("properties")).forEach((name, value) -> {
            Map<String, Object> property = JsonTree.map(value);
            String own = path.isEmpty() ? name : path + '.' + name;
            fields.add(new Field(
                    own,
                    type(property),
                    required.contains(name),
                    bounds(property),
                    JsonTree.textAt(property, "description")));
            addParts(own, property, fields);
        });
        if (schema.get("items") instanceof Map<?, ?> items) {
            addParts(path + "[]", JsonTree.map(items), fields);
        }
        if (schema.get("additionalProperties") instanceof Map<?, ?> any) {
            addParts(path + ".*", JsonTree.map(any), fields);
        }
    }

    private static String type(Map<String, Object> schema) {
        String type = JsonTree.textAt(schema, "type");
        return switch (type) {
            case "array" -> "list of " + type(JsonTree.map(schema.get("items")));
            case "object" -> schema.get("additionalProperties") instanceof Map<?, ?> any
                    ? "map of " + type(JsonTree.map(any))
                    : "object";
            case "boolean" -> "true or false";
            case "integer" -> "whole number";
            case "string" -> "text";
            case "" -> schema.containsKey("enum") ? "text" : "any value";
            default -> type.replace(",", " or ");
        };
    }

    private static String bounds(Map<String, Object> schema) {
        List<String> bounds = new ArrayList<>();
        Map<String, Object> of = schema.get("items") instanceof Map<?, ?> items ? JsonTree.map(items) : schema;
        choices(of).ifPresent(bounds::add);
        range(schema, "minimum", "maximum", "").forEach(bounds::add);
        range(of, "minLength", "maxLength", " characters").forEach(bounds::add);
        range(schema, "minItems", "maxItems", " items").forEach(bounds::add);
        String pattern = JsonTree.textAt(of, "pattern");
        if (!pattern.isEmpty()) {
            bounds.add("matches " + pattern);
        }
        String format = JsonTree.textAt(of, "format");
        if (!format.isEmpty()) {
            bounds.add(format);
        }
        String reference = JsonTree.textAt(of, "x-reference");
        if (!reference.isEmpty()) {
            bounds.add("name of a " + reference);
        }
        JsonTree.at(schema, "default").ifPresent(value -> bounds.add(JsonTree.plain(value) + " by default"));
        Stream.of("readOnly", "writeOnly")
                .filter(flag -> Boolean.TRUE.equals(schema.get(flag)))
                .forEach(flag -> bounds.add(flag.equals("readOnly") ? "only shown" : "never shown"));
        return String.join("; ", bounds);
    }

    private static Optional<String> choices(Map<String, Object> schema) {
        return JsonTree.at(schema, "enum")
                .map(values -> String.join(
                        ", ",
                        JsonTree.list(values).stream().map(JsonTree::plain).toList()));
    }

    private static Stream<String> range(Map<String, Object> schema, String least, String most, String unit) {
        String from = JsonTree.textAt(schema, least);
        String to = JsonTree.textAt(schema, most);
        if (from.isEmpty() && to.isEmpty()) {
            return Stream.empty();
        }
        if (to.isEmpty()) {
            return from.equals("1") && !unit.isEmpty() ? Stream.of("not empty") : Stream.of("at least " + from + unit);
        }
        return Stream.of(from.isEmpty() ? "at most " + to + unit : from + " to " + to + unit);
    }
}
