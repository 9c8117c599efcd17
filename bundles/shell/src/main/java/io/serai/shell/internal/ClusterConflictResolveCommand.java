package io.serai.shell.internal;

import io.serai.api.object.ActionService;
import io.serai.api.state.CommitId;
import io.serai.api.state.MergeConflict;
import io.serai.api.state.StatePath;
import io.serai.api.state.StateReplica;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.jspecify.annotations.Nullable;

/** Settles the conflict of a file. */
@Service
@Command(
        scope = "cluster",
        name = "conflict-resolve",
        description = "Settles the conflict of a file: leaves it as it is, or makes it what was put aside")
public class ClusterConflictResolveCommand extends SeraiCommand {
    @Reference
    StateReplica replica;

    @Reference
    ActionService actions;

    @Argument(index = 0, name = "path", description = "The file", required = true)
    @Completion(ConflictPathCompleter.class)
    String path = "";

    @Argument(index = 1, name = TrailingOptions.OPTIONS, description = "Options", multiValued = true)
    @Completion(
            value = StringsCompleter.class,
            values = {"--json", "--take-lost"})
    @Nullable List<String> options;

    @Option(name = "--take-lost", description = "Makes the file what was put aside")
    boolean takeLost;

    @Override
    protected void run(PrintStream out) throws Exception {
        List<MergeConflict> conflicts = replica.conflicts();
        KnownNames known = KnownNames.ofPaths("conflict of", conflicts.stream().map(MergeConflict::path));
        StatePath file = known.findPath(path).orElseThrow(() -> known.unknown(path));
        // a conflict is an object that is called as its file is, without slashes
        Object head = actions.act(
                        subject(),
                        "conflict",
                        Optional.of(file.value().replace('/', ':')),
                        "resolve",
                        Map.of("takeLost", takeLost))
                .get("commit");
        CommitId commit = new CommitId(String.valueOf(head));
        String what = takeLost ? "was made what was put aside" : "was left as it is";
        if (json) {
            JsonOutput.print(out, Map.of("path", file.value(), "commit", commit.value(), "tookLost", takeLost));
        } else {
            out.println(file + " " + what + ", in commit " + commit.shortValue());
        }
    }
}
