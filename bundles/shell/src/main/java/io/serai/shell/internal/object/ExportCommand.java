package io.serai.shell.internal.object;

import io.serai.api.object.ObjectCodec;
import io.serai.api.object.ObjectDocument;
import io.serai.api.object.ObjectJson;
import io.serai.api.object.ObjectService;
import io.serai.shell.internal.JsonOutput;
import io.serai.shell.internal.SeraiCommand;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Prints all that makes the same objects again, without secrets. */
@Service
@Command(
        scope = "serai",
        name = "export",
        description = "Prints all that makes the same objects again, without secrets; serai:apply takes it")
public class ExportCommand extends SeraiCommand {
    @Reference
    ObjectService objects;

    @Reference
    ObjectCodec codec;

    @Argument(index = 0, name = "kinds", description = "The kinds; all if absent", multiValued = true)
    @Completion(KindCompleter.class)
    List<String> kinds = List.of();

    @Override
    protected void run(PrintStream out) throws Exception {
        List<ObjectDocument> documents = objects.export(subject(), Set.copyOf(kinds));
        if (json) {
            JsonOutput.print(out, documents.stream().map(ExportCommand::json).toList());
        } else {
            out.write(codec.yaml(documents));
        }
    }

    private static Map<String, Object> json(ObjectDocument document) {
        Map<String, Object> json = ObjectJson.key(document.key());
        json.put("spec", document.spec());
        return json;
    }
}
