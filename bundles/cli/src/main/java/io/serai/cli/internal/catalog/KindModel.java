package io.serai.cli.internal.catalog;

import io.serai.cli.internal.output.JsonTree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A kind of object.
 *
 * @param name its name
 * @param schema the JSON Schema of specs
 * @param writable whether people put its objects; otherwise they are only seen
 * @param hasFile whether an object is a file that goes up and down as it is
 * @param actions what else can be done
 */
public record KindModel(
        String name, Map<String, Object> schema, boolean writable, boolean hasFile, List<ActionModel> actions) {
    /** Copies the list. */
    public KindModel {
        actions = List.copyOf(actions);
    }

    /** Returns what it is for. */
    public String description() {
        return JsonTree.textAt(schema, "description");
    }

    /** Returns the columns that tables show: headings by the name of the field of a spec. */
    public Map<String, String> columns() {
        Map<String, String> columns = new LinkedHashMap<>();
        JsonTree.map(schema.get("properties")).forEach((field, property) -> {
            String heading = JsonTree.textAt(JsonTree.map(property), "x-column");
            if (!heading.isEmpty()) {
                columns.put(field, heading);
            }
        });
        return columns;
    }
}
