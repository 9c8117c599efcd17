package io.serai.shell.internal.object;

import io.serai.api.object.ObjectChange;
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

/** Puts all objects of a text, in one commit. */
@Service
@Command(
        scope = "serai",
        name = "apply",
        description = "Puts all objects of a YAML or JSON text in one commit, or none of them",
        detailedDescription = "Example: ssh -p 8181 ann@localhost serai:apply < cluster.yaml")
public class ApplyCommand extends ObjectChangeCommand {
    @Option(
            name = "--prune",
            description = "Kinds, with commas between, of which objects that the text lacks are removed")
    String prune = "";

    @Option(name = "--cascade", description = "Removes what refers to removed objects as well")
    boolean cascade;

    @Argument(
            index = 0,
            name = "file",
            description = "A file of the node's machine, for administrators; the input if absent")
    @Completion(FileCompleter.class)
    @Nullable String file;

    @Argument(index = 1, name = TrailingOptions.OPTIONS, description = "Options", multiValued = true)
    @Completion(
            value = StringsCompleter.class,
            values = {"--cascade", "--dry-run", "--json", "--message", "--prune", "--rolling", "--timeout", "--wait"})
    @Nullable List<String> options;

    @Override
    ObjectChange change() throws Exception {
        Set<String> pruned = prune.isEmpty() ? Set.of() : Set.of(prune.split(",", -1));
        return new ObjectChange(
                documents(file == null ? ObjectInput.STANDARD_INPUT : file),
                Set.of(),
                Map.of(),
                message,
                new ObjectChange.Options(dryRun, cascade, pruned, pace()));
    }
}
