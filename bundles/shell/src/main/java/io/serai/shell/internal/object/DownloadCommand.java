package io.serai.shell.internal.object;

import io.serai.api.object.ObjectKey;
import io.serai.api.object.ObjectService;
import io.serai.api.state.Content;
import io.serai.shell.internal.SeraiCommand;
import io.serai.shell.internal.TrailingOptions;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.FileCompleter;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.jspecify.annotations.Nullable;

/** Gives the file of an object as it is. */
@Service
@Command(
        scope = "serai",
        name = "download",
        description = "Prints the file of an artifact or a configuration as it is",
        detailedDescription = "Example: ssh -p 8181 ann@localhost serai:download artifact orders.jar > orders.jar")
public class DownloadCommand extends SeraiCommand {
    @Reference
    ObjectService objects;

    @Option(name = "--layer", description = "groups/<group> or nodes/<node>; that of all nodes if absent")
    String layer = "";

    @Argument(index = 0, name = "kind", description = "The kind", required = true)
    @Completion(KindCompleter.class)
    String kind = "";

    @Argument(index = 1, name = "name", description = "The object", required = true)
    @Completion(ObjectNameCompleter.class)
    String name = "";

    @Argument(index = 2, name = "file", description = "Where to write it on the node's machine, for administrators")
    @Completion(FileCompleter.class)
    @Nullable String file;

    @Argument(index = 3, name = TrailingOptions.OPTIONS, description = "Options", multiValued = true)
    @Completion(value = StringsCompleter.class, values = "--layer")
    @Nullable List<String> options;

    @Override
    protected void run(PrintStream out) throws Exception {
        Content content = objects.content(subject(), new ObjectKey(kind, name, layer));
        try (InputStream in = content.open()) {
            if (file == null) {
                in.transferTo(out);
                return;
            }
            requireAdministrator();
            Path target = session.currentDir().resolve(file);
            Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
            out.println("Wrote " + content.size() + " bytes to " + target);
        }
    }
}
