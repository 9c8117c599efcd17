package io.serai.shell.internal;

import io.serai.api.deploy.DeploymentService;
import io.serai.api.deploy.Verdict;
import io.serai.api.security.AccessControl;
import io.serai.api.state.Revision;
import io.serai.api.state.StatePath;
import io.serai.api.state.StateRepository;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.jspecify.annotations.Nullable;

/** Shows how one artifact stands on this node, with every detail, and its history. */
@Service
@Command(scope = "deploy", name = "info", description = "Shows an artifact, how it stands and its history")
public class DeployInfoCommand extends SeraiCommand {
    private static final int HISTORY = 10;

    @Reference
    DeploymentService deployments;

    @Reference
    StateRepository repository;

    @Argument(index = 0, name = "path", description = "The artifact: deploy/hello.java or hello.java", required = true)
    @Completion(ArtifactPathCompleter.class)
    String path = "";

    @Argument(index = 1, name = TrailingOptions.OPTIONS, description = "Options", multiValued = true)
    @Completion(value = StringsCompleter.class, values = "--json")
    @Nullable List<String> options;

    @Override
    protected void run(PrintStream out) throws Exception {
        require(AccessControl.READ, "artifact", "");
        Verdict verdict = find();
        StatePath inTree = new StateFiles(repository).inTree(verdict.path());
        List<Revision> history = repository.log(Optional.of(inTree), HISTORY);
        if (json) {
            Map<String, @Nullable Object> shape = JsonOutput.verdict(verdict);
            shape.put("pathInTree", inTree.value());
            shape.put("history", history.stream().map(JsonOutput::revision).toList());
            JsonOutput.print(out, shape);
            return;
        }
        print(out, "Path", inTree.value());
        print(out, "State", verdict.state() + " since " + Wording.time(verdict.time()));
        print(out, "Message", verdict.message());
        print(out, "Wanted", Wording.shortId(verdict.wanted()));
        print(out, "Serving", Wording.shortId(verdict.serving()));
        if (!verdict.detail().isBlank()) {
            print(out, "Detail", verdict.detail());
        }
        out.println();
        print(StateLogCommand.table(history), out);
    }

    private Verdict find() throws CommandException {
        KnownNames known =
                KnownNames.ofPaths("artifact", deployments.verdicts().stream().map(Verdict::path));
        return known.findPath(path).flatMap(deployments::verdict).orElseThrow(() -> known.unknown(path));
    }

    private static void print(PrintStream out, String label, String value) {
        String indented = value.stripTrailing().replaceAll("\\R", System.lineSeparator() + " ".repeat(9));
        out.println(String.format("%-8s %s", label, indented).stripTrailing());
    }
}
