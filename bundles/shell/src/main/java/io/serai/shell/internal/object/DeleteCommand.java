package io.serai.shell.internal.object;

import io.serai.api.object.ObjectChange;
import io.serai.api.object.ObjectKey;
import io.serai.shell.internal.TrailingOptions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.jspecify.annotations.Nullable;

/** Removes an object; the history keeps it. */
@Service
@Command(scope = "serai", name = "delete", description = "Removes an object; the history keeps it")
public class DeleteCommand extends ObjectChangeCommand {
    @Option(name = "--cascade", description = "Removes what refers to it as well")
    boolean cascade;

    @Option(
            name = "--if-match",
            description = "The etag that was seen; refuses it if somebody has changed the object since")
    @Nullable String etag;

    @Option(name = "--layer", description = "groups/<group> or nodes/<node>; that of all nodes if absent")
    String layer = "";

    @Argument(index = 0, name = "kind", description = "The kind", required = true)
    @Completion(KindCompleter.class)
    String kind = "";

    @Argument(index = 1, name = "name", description = "The object", required = true)
    @Completion(ObjectNameCompleter.class)
    String name = "";

    @Argument(index = 2, name = TrailingOptions.OPTIONS, description = "Options", multiValued = true)
    @Completion(
            value = StringsCompleter.class,
            values = {"--cascade", "--dry-run", "--if-match", "--json", "--layer", "--message", "--timeout", "--wait"})
    @Nullable List<String> options;

    @Override
    ObjectChange change() {
        ObjectKey key = new ObjectKey(kind, name, layer);
        return change(List.of(), Set.of(key), etag == null ? Map.of() : Map.of(key, etag), cascade);
    }
}
