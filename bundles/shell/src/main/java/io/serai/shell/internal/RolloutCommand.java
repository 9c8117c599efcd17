package io.serai.shell.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.serai.api.deploy.ClusterDeploymentService;
import io.serai.api.deploy.DeploymentService;
import io.serai.api.deploy.Verdict;
import io.serai.api.state.CommitId;
import io.serai.api.state.Pace;
import io.serai.api.state.StateException;
import io.serai.api.state.StateRepository;
import io.serai.shell.internal.Rollout.Ended;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.support.CommandException;
import org.jspecify.annotations.Nullable;

/** A command that moves the head, waits until nodes have followed, and says how that ended. */
abstract class RolloutCommand extends SeraiCommand {
    @Reference
    StateRepository repository;

    @Reference
    DeploymentService deployments;

    @Reference(optional = true)
    @Nullable ClusterDeploymentService cluster;

    @Option(name = "--timeout", description = "How long to wait for the verdicts: 500ms, 30s, 2m")
    String timeout = "30s";

    @Option(name = "--wait", description = "Which nodes to wait for: all, majority or none")
    String wait = "all";

    @Option(
            name = "--rolling",
            description = "Applies it node by node, and no further when it fails on one; removals happen at once")
    boolean rolling;

    /** Moves the head; returns where it is then. */
    abstract CommitId change() throws StateException, CommandException;

    @Override
    final void run(PrintStream out) throws Exception {
        var limit = Wording.parseDuration(timeout);
        Wait nodes = Wait.of(wait);
        CommitId before = repository.head().commit();
        CommitId after = change();
        boolean changed = !after.equals(before);
        Ended ended = new Rollout(repository, deployments, Optional.ofNullable(cluster), before, after)
                .await(changed ? nodes : Wait.NONE, limit);
        if (rolling) {
            failIfHalted(after, ended, nodes);
        } else {
            failIfAnyFailed(after, ended);
        }
        print(changed ? "done" : "unchanged", after, ended, out);
    }

    /** Returns how nodes are to apply the change. */
    final Pace pace() {
        return rolling ? Pace.ROLLING : Pace.AT_ONCE;
    }

    private void print(String result, CommitId head, Ended ended, PrintStream out) throws JsonProcessingException {
        if (json) {
            Map<String, Object> shape = new LinkedHashMap<>();
            shape.put("result", result);
            shape.put("commit", head.value());
            shape.put(
                    "artifacts", ended.here().stream().map(JsonOutput::verdict).toList());
            shape.put("nodes", ended.others().keySet());
            shape.put("silent", ended.silent());
            JsonOutput.print(out, shape);
            return;
        }
        out.println(result + ": head is " + head.shortValue());
        if (!ended.here().isEmpty()) {
            print(DeployListCommand.table(ended.here()), out);
        }
        if (!ended.others().isEmpty()) {
            out.println("Applied as well by " + String.join(", ", ended.others().keySet()));
        }
        if (!ended.silent().isEmpty()) {
            out.println("No answer in time from " + String.join(", ", ended.silent()) + "; see cluster:status");
        }
    }

    /** Fails if not all nodes that were waited for run what was to come to them one by one. */
    private static void failIfHalted(CommitId commit, Ended ended, Wait nodes) throws CommandException {
        Map<String, List<Verdict>> all = new LinkedHashMap<>(Map.of("this node", ended.here()));
        all.putAll(ended.others());
        boolean whole = all.values().stream().flatMap(List::stream).allMatch(RolloutCommand::isApplied);
        if (whole && (ended.silent().isEmpty() || nodes != Wait.ALL)) {
            return;
        }
        List<String> lines = new ArrayList<>();
        all.forEach((node, verdicts) -> verdicts.forEach(verdict ->
                lines.add(verdict.path() + " on " + node + " is " + verdict.state() + ": " + verdict.message())));
        ended.silent().forEach(node -> lines.add(node + " has not answered in time; see cluster:status"));
        throw failure("Commit " + commit.shortValue() + " stands, but was not applied by all nodes:"
                + System.lineSeparator() + "  " + String.join(System.lineSeparator() + "  ", lines));
    }

    private static boolean isApplied(Verdict verdict) {
        return verdict.state() == Verdict.State.ACTIVE || verdict.state() == Verdict.State.REMOVED;
    }

    private static void failIfAnyFailed(CommitId commit, Ended ended) throws CommandException {
        List<String> failed = new ArrayList<>(failures("this node", ended.here()));
        ended.others().forEach((node, verdicts) -> failed.addAll(failures(node, verdicts)));
        if (!failed.isEmpty()) {
            throw failure("Commit " + commit.shortValue() + " stands, but " + failed.size() + " of "
                    + ended.here().size() * (1 + ended.others().size()) + " artifacts failed:" + System.lineSeparator()
                    + "  " + String.join(System.lineSeparator() + "  ", failed));
        }
    }

    private static List<String> failures(String node, List<Verdict> verdicts) {
        return verdicts.stream()
                .filter(verdict -> verdict.state() == Verdict.State.FAILED)
                .map(verdict -> verdict.path() + " on " + node + ": " + verdict.message())
                .toList();
    }
}
