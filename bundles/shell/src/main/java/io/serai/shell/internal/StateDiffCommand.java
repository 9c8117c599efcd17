package io.serai.shell.internal;

import io.serai.api.security.AccessControl;
import io.serai.api.state.CommitId;
import io.serai.api.state.PathDifference;
import io.serai.api.state.StatePath;
import io.serai.api.state.StateRepository;
import java.io.PrintStream;
import java.util.LinkedHashMap;
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

/** Shows how the state differs between two commits. */
@Service
@Command(scope = "state", name = "diff", description = "Shows how the state differs between two commits")
public class StateDiffCommand extends SeraiCommand {
    @Reference
    StateRepository repository;

    @Option(name = "--path", description = "Only this file or folder")
    @Completion(StatePathCompleter.class)
    @Nullable String path;

    @Argument(index = 0, name = "from", description = "The older commit; by default the one before the head")
    @Completion(RevisionCompleter.class)
    @Nullable String from;

    @Argument(index = 1, name = "to", description = "The newer commit; by default the head")
    @Completion(RevisionCompleter.class)
    @Nullable String to;

    @Argument(index = 2, name = TrailingOptions.OPTIONS, description = "Options", multiValued = true)
    @Completion(
            value = StringsCompleter.class,
            values = {"--json", "--path"})
    @Nullable List<String> options;

    @Override
    protected void run(PrintStream out) throws Exception {
        require(AccessControl.READ, "state", "");
        CommitId before = repository.resolve(from == null ? "HEAD~1" : from);
        CommitId after = repository.resolve(to == null ? "HEAD" : to);
        Optional<StatePath> only = path == null ? Optional.empty() : Optional.of(new StateFiles(repository).find(path));
        String patch = repository.patch(before, after, only);
        if (!json) {
            out.print(patch);
            return;
        }
        List<PathDifference> files = repository.diff(before, after).stream()
                .filter(file -> only.isEmpty()
                        || file.path().equals(only.get())
                        || file.path().isBelow(only.get().value()))
                .toList();
        Map<String, Object> shape = new LinkedHashMap<>();
        shape.put("from", before.value());
        shape.put("to", after.value());
        shape.put("files", files.stream().map(JsonOutput::difference).toList());
        shape.put("patch", patch);
        JsonOutput.print(out, shape);
    }
}
