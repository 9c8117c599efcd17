package io.serai.shell.internal.object;

import io.serai.api.object.ObjectChange;
import io.serai.api.object.ObjectDocument;
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
import org.apache.karaf.shell.support.completers.FileCompleter;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.jspecify.annotations.Nullable;

/** Puts a file as it is. */
@Service
@Command(
        scope = "serai",
        name = "upload",
        description = "Puts a file as an artifact or a configuration, new or in place of what it is",
        detailedDescription = "Example: ssh -p 8181 ann@localhost serai:upload artifact orders.jar < orders.jar")
public class UploadCommand extends ObjectChangeCommand {
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

    @Argument(
            index = 2,
            name = "file",
            description = "A file of the node's machine, for administrators; the input if absent")
    @Completion(FileCompleter.class)
    @Nullable String file;

    @Argument(index = 3, name = TrailingOptions.OPTIONS, description = "Options", multiValued = true)
    @Completion(
            value = StringsCompleter.class,
            values = {"--dry-run", "--if-match", "--json", "--layer", "--message", "--rolling", "--timeout", "--wait"})
    @Nullable List<String> options;

    @Override
    ObjectChange change() throws Exception {
        ObjectKey key = new ObjectKey(kind, name, layer);
        ObjectDocument document = new ObjectDocument(key, content(file == null ? ObjectInput.STANDARD_INPUT : file));
        return change(List.of(document), Set.of(), etag == null ? Map.of() : Map.of(key, etag), false);
    }
}
