package io.serai.shell.internal;

import io.serai.api.deploy.DeploymentService;
import io.serai.api.deploy.Verdict;
import io.serai.api.state.CommitId;
import io.serai.api.state.StateException;
import io.serai.api.state.StateRepository;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.support.CommandException;

/** A command that moves the head, waits until this node has followed, and says how that ended. */
abstract class RolloutCommand extends SeraiCommand {
    @Reference
    StateRepository repository;

    @Reference
    DeploymentService deployments;

    @Option(name = "--timeout", description = "How long to wait for the verdicts: 500ms, 30s, 2m")
    String timeout = "30s";

    /** Moves the head; returns where it is then. */
    abstract CommitId change() throws StateException, CommandException;

    @Override
    final void run(PrintStream out) throws Exception {
        var limit = Wording.parseDuration(timeout);
        CommitId before = repository.head().commit();
        CommitId after = change();
        List<Verdict> verdicts =
                after.equals(before) ? List.of() : new Rollout(repository, deployments, before, after).await(limit);
        failIfAnyFailed(after, verdicts);
        String result = after.equals(before) ? "unchanged" : "done";
        if (json) {
            Map<String, Object> shape = new LinkedHashMap<>();
            shape.put("result", result);
            shape.put("commit", after.value());
            shape.put("artifacts", verdicts.stream().map(JsonOutput::verdict).toList());
            JsonOutput.print(out, shape);
            return;
        }
        out.println(result + ": head is " + after.shortValue());
        if (!verdicts.isEmpty()) {
            print(DeployListCommand.table(verdicts), out);
        }
    }

    private static void failIfAnyFailed(CommitId commit, List<Verdict> verdicts) throws CommandException {
        List<Verdict> failed = verdicts.stream()
                .filter(verdict -> verdict.state() == Verdict.State.FAILED)
                .toList();
        if (!failed.isEmpty()) {
            throw failure(failed.stream()
                    .map(verdict -> System.lineSeparator() + "  " + verdict.path() + ": " + verdict.message())
                    .collect(Collectors.joining(
                            "",
                            "Commit " + commit.shortValue() + " stands, but " + failed.size() + " of " + verdicts.size()
                                    + " artifacts failed on this node",
                            "")));
        }
    }
}
