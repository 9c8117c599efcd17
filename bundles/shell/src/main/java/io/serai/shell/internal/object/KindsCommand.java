package io.serai.shell.internal.object;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.serai.api.object.ActionService;
import io.serai.api.object.ObjectAction;
import io.serai.api.object.ObjectKind;
import io.serai.api.object.ObjectService;
import io.serai.api.object.ObservedKind;
import io.serai.api.text.NearNames;
import io.serai.shell.internal.JsonOutput;
import io.serai.shell.internal.SeraiCommand;
import io.serai.shell.internal.TrailingOptions;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.apache.karaf.shell.support.table.ShellTable;
import org.jspecify.annotations.Nullable;

/** Lists the kinds of objects and what can be done with them. */
@Service
@Command(
        scope = "serai",
        name = "kinds",
        description = "Lists the kinds of objects and their actions, or prints the JSON Schema of one")
public class KindsCommand extends SeraiCommand {
    @Reference
    ObjectService objects;

    @Reference
    ActionService actions;

    @Argument(index = 0, name = "kind", description = "The kind whose schema is wanted")
    @Completion(KindCompleter.class)
    @Nullable String kind;

    @Argument(index = 1, name = TrailingOptions.OPTIONS, description = "Options", multiValued = true)
    @Completion(value = StringsCompleter.class, values = "--json")
    @Nullable List<String> options;

    @Override
    protected void run(PrintStream out) throws Exception {
        subject();
        if (kind != null) {
            JsonOutput.print(out, schema(find(kind)));
            return;
        }
        if (json) {
            List<Map<String, Object>> kinds = new ArrayList<>();
            for (ObjectKind each : objects.kinds()) {
                kinds.add(describe(each));
            }
            JsonOutput.print(out, kinds);
            return;
        }
        ShellTable table = new ShellTable();
        table.column("KIND");
        table.column("ACTIONS");
        table.column("DESCRIPTION");
        for (ObjectKind each : objects.kinds()) {
            table.addRow()
                    .addContent(
                            each.name(),
                            String.join(", ", actions(each)),
                            schema(each).path("description").asText());
        }
        print(table, out);
    }

    private ObjectKind find(String name) {
        List<String> names = objects.kinds().stream().map(ObjectKind::name).toList();
        return objects.kinds().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no kind '" + name + "'"
                        + NearNames.nearest(name, names)
                                .map(near -> "; did you mean " + near + "?")
                                .orElse("")));
    }

    private Map<String, Object> describe(ObjectKind each) throws JsonProcessingException {
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("kind", each.name());
        description.put("observed", each instanceof ObservedKind);
        description.put("actions", actions(each));
        description.put("description", schema(each).path("description").asText());
        return description;
    }

    private List<String> actions(ObjectKind each) {
        return actions.actions().stream()
                .filter(action -> action.kind().equals(each.name()))
                .map(ObjectAction::name)
                .toList();
    }

    private static JsonNode schema(ObjectKind kind) throws JsonProcessingException {
        return JsonOutput.MAPPER.readTree(kind.schema());
    }
}
