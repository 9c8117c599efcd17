package io.serai.cli.internal.output;

import io.serai.cli.internal.catalog.KindModel;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Which columns objects have in a table: those that their kind's schema names, and how they fare. */
public final class ObjectTable {
    private static final String STATUS = "status";

    private final Map<String, Function<Map<String, Object>, String>> columns = new LinkedHashMap<>();

    private ObjectTable() {
        columns.put("Name", object -> JsonTree.textAt(object, "name"));
    }

    /** Makes the columns for some objects; all of them if it shall be wide. */
    public static ObjectTable of(KindModel kind, List<Map<String, Object>> objects, boolean wide) {
        ObjectTable table = new ObjectTable();
        if (objects.stream().anyMatch(object -> object.containsKey("layer"))) {
            table.columns.put("Layer", object -> JsonTree.textAt(object, "layer"));
        }
        // the full name of a user is not the name of the object
        kind.columns()
                .forEach((field, heading) ->
                        table.columns.put(table.columns.containsKey(heading) ? field : heading, at("spec", field)));
        if (has(objects, "state")) {
            table.columns.put("State", at(STATUS, "state"));
        }
        if (wide) {
            fields(objects, "spec").stream()
                    .filter(field -> !kind.columns().containsKey(field))
                    .forEach(field -> table.columns.putIfAbsent(field, at("spec", field)));
            fields(objects, STATUS).stream()
                    .filter(field -> !field.equals("state"))
                    .forEach(field -> table.columns.putIfAbsent(field, at(STATUS, field)));
        }
        return table;
    }

    /** Makes columns of how objects fare, which are numbers and words. */
    public static ObjectTable ofStatus(List<Map<String, Object>> objects) {
        ObjectTable table = new ObjectTable();
        fields(objects, STATUS).forEach(field -> table.columns.put(field, at(STATUS, field)));
        return table;
    }

    private static boolean has(List<Map<String, Object>> objects, String field) {
        return objects.stream()
                .anyMatch(object -> JsonTree.map(object.get(STATUS)).containsKey(field));
    }

    private static Set<String> fields(List<Map<String, Object>> objects, String part) {
        Set<String> fields = new LinkedHashSet<>();
        for (Map<String, Object> object : objects) {
            JsonTree.map(object.get(part)).forEach((field, value) -> {
                if (!(value instanceof Map)
                        && !(value instanceof List<?> list && list.stream().anyMatch(Map.class::isInstance))) {
                    fields.add(field);
                }
            });
        }
        return fields;
    }

    private static Function<Map<String, Object>, String> at(String part, String field) {
        return object -> {
            Object value = JsonTree.map(object.get(part)).get(field);
            return value == null ? "" : JsonTree.plain(value);
        };
    }

    /** Returns the lines of a table. */
    public List<String> lines(List<Map<String, Object>> objects) {
        Table table = new Table(List.copyOf(columns.keySet()));
        objects.forEach(object -> table.add(cells(object)));
        return table.lines();
    }

    /** Returns what is in the columns of one object. */
    public List<String> cells(Map<String, Object> object) {
        return columns.values().stream().map(column -> column.apply(object)).toList();
    }
}
