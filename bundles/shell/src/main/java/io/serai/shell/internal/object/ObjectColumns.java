package io.serai.shell.internal.object;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.serai.api.object.ObjectKind;
import io.serai.api.object.ObjectView;
import io.serai.shell.internal.JsonOutput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.karaf.shell.support.table.ShellTable;
import org.jspecify.annotations.Nullable;

/** Tables of objects, with the columns that the schema of their kind asks for. */
final class ObjectColumns {
    private static final String NAME = "NAME";

    private final Map<String, String> headings = new LinkedHashMap<>();

    ObjectColumns(ObjectKind kind) throws JsonProcessingException {
        JsonNode properties = JsonOutput.MAPPER.readTree(kind.schema()).path("properties");
        properties.properties().forEach(property -> {
            JsonNode heading = property.getValue().path("x-column");
            if (heading.isTextual()) {
                // the full name of a user is not the name of the object
                String text = heading.asText().equalsIgnoreCase(NAME) ? property.getKey() : heading.asText();
                headings.put(property.getKey(), text.toUpperCase(Locale.ROOT));
            }
        });
    }

    ShellTable table(List<ObjectView> views) {
        boolean layers = views.stream().anyMatch(view -> !view.key().layer().isEmpty());
        boolean states = views.stream().anyMatch(view -> view.status().containsKey("state"));
        ShellTable table = new ShellTable().emptyTableText("There is none");
        table.column(NAME);
        if (layers) {
            table.column("LAYER");
        }
        headings.values().forEach(table::column);
        if (states) {
            table.column("STATE");
        }
        for (ObjectView view : views) {
            List<Object> row = new ArrayList<>(List.of(view.key().name()));
            if (layers) {
                row.add(view.key().layer());
            }
            headings.keySet().forEach(field -> row.add(text(view.spec().get(field))));
            if (states) {
                row.add(text(view.status().get("state")));
            }
            table.addRow().addContent(row);
        }
        return table;
    }

    private static String text(@Nullable Object value) {
        if (value instanceof List<?> items) {
            return String.join(", ", items.stream().map(String::valueOf).toList());
        }
        return value == null ? "" : value.toString();
    }
}
