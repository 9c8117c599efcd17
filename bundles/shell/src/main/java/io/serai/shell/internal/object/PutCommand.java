package io.serai.shell.internal.object;

import io.serai.api.object.ObjectChange;
import io.serai.api.object.ObjectDocument;
import io.serai.api.object.ObjectKey;
import io.serai.api.object.ObjectKind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;

/** Puts one object, new or in place of what it is. */
@Service
@Command(
        scope = "serai",
        name = "put",
        description = "Puts an object, new or in place of what it is",
        detailedDescription =
                "Examples: serai:put rest-channel orders path=/orders methods=GET service=orders.get; serai:put role r '{...}'")
public class PutCommand extends ObjectChangeCommand {
    @Option(
            name = "--if-match",
            description = "The etag that was seen; refuses it if somebody has changed the object since")
    @Nullable String etag;

    @Option(name = "--new", description = "Refuses it if the object is there")
    boolean fresh;

    @Option(name = "--layer", description = "groups/<group> or nodes/<node>; that of all nodes if absent")
    String layer = "";

    @Argument(index = 0, name = "kind", description = "The kind", required = true)
    @Completion(KindCompleter.class)
    String kind = "";

    @Argument(index = 1, name = "name", description = "The object", required = true)
    @Completion(ObjectNameCompleter.class)
    String name = "";

    @Argument(
            index = 2,
            name = "spec",
            description = "Fields as name=value, lists by repetition; or JSON in single quotes",
            valueToShowInHelp = "",
            multiValued = true)
    @Completion(FieldCompleter.class)
    List<String> spec = List.of();

    @Override
    ObjectChange change() throws Exception {
        ObjectKey key = new ObjectKey(kind, name, layer);
        // what is no kind is refused by the object service, which names the nearest
        String schema = objects.kinds().stream()
                .filter(each -> each.name().equals(kind))
                .map(ObjectKind::schema)
                .findFirst()
                .orElse("{}");
        ObjectDocument document = new TypedFields(schema, codec).read(key, spec);
        String expected = fresh ? ObjectChange.ABSENT : etag;
        return change(List.of(document), Set.of(), expected == null ? Map.of() : Map.of(key, expected), false);
    }
}
