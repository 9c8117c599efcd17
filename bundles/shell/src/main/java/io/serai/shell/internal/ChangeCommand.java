package io.serai.shell.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.serai.api.cluster.ClusterNode;
import io.serai.api.cluster.ClusterService;
import io.serai.api.deploy.Rollout;
import io.serai.api.deploy.RolloutService;
import io.serai.api.deploy.Verdict;
import io.serai.api.state.CommitId;
import io.serai.api.state.Pace;
import io.serai.api.state.StatePath;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.support.CommandException;

/** A command that changes something, waits until nodes have followed, and says how that ended. */
public abstract class ChangeCommand extends SeraiCommand {
    private static final String THIS_NODE = "this node";

    @Reference
    RolloutService rollouts;

    @Reference
    ClusterService cluster;

    @Option(name = "--timeout", description = "How long to wait for the verdicts: 500ms, 30s, 2m")
    String timeout = "30s";

    @Option(name = "--wait", description = "Which nodes to wait for: all, majority or none")
    String wait = "all";

    @Option(
            name = "--rolling",
            description = "Applies it node by node, and no further when it fails on one; removals happen at once")
    boolean rolling;

    /**
     * How nodes have followed.
     *
     * @param here the verdicts of this node
     * @param others those of the others that have answered, by name
     * @param silent the names of those that have not in time
     */
    protected record Applied(List<Verdict> here, Map<String, List<Verdict>> others, List<String> silent) {
        /** Returns the same without the files that run nowhere. */
        public Applied withoutRemovals() {
            List<Verdict> running = here.stream()
                    .filter(verdict -> verdict.state() != Verdict.State.REMOVED)
                    .toList();
            return new Applied(running, others, silent);
        }
    }

    /** Refuses options that nothing can be done with, before anything is changed. */
    protected final void checkOptions() {
        Wording.parseDuration(timeout);
        nodes();
    }

    /** Returns how nodes are to apply the change. */
    protected final Pace pace() {
        return rolling ? Pace.ROLLING : Pace.AT_ONCE;
    }

    /**
     * Waits for nodes to apply what was changed, and prints how each file stands.
     *
     * @param paths what was changed, relative to its layer
     * @throws CommandException if one of them has failed, or this node has not answered in time
     */
    protected final Applied await(CommitId commit, Collection<StatePath> paths)
            throws CommandException, InterruptedException {
        Duration limit = Wording.parseDuration(timeout);
        Rollout rollout = rollouts.await(commit, paths, nodes(), limit);
        String self = self();
        if (rollout.silent().contains(self)) {
            throw failure("Commit " + commit.shortValue() + " stands, but was not applied within "
                    + Wording.duration(limit) + "; see deploy:list");
        }
        Map<String, List<Verdict>> others = new TreeMap<>(rollout.nodes());
        List<Verdict> here = others.remove(self);
        Applied applied = new Applied(here == null ? List.of() : here, others, rollout.silent());
        if (rolling) {
            failIfHalted(commit, applied);
        } else {
            failIfAnyFailed(commit, applied);
        }
        return applied;
    }

    /** Prints how nodes have followed. */
    protected final void print(Applied applied, PrintStream out) {
        if (!applied.here().isEmpty()) {
            print(DeployListCommand.table(applied.here()), out);
        }
        if (!applied.others().isEmpty()) {
            out.println(
                    "Applied as well by " + String.join(", ", applied.others().keySet()));
        }
        if (!applied.silent().isEmpty()) {
            out.println("No answer in time from " + String.join(", ", applied.silent()) + "; see cluster:status");
        }
    }

    /** Prints the same as JSON, behind what else there is to say. */
    protected static void printJson(Map<String, ?> said, Applied applied, PrintStream out)
            throws JsonProcessingException {
        Map<String, Object> shape = new LinkedHashMap<>(said);
        shape.put("artifacts", applied.here().stream().map(JsonOutput::verdict).toList());
        shape.put("nodes", applied.others().keySet());
        shape.put("silent", applied.silent());
        JsonOutput.print(out, shape);
    }

    private Rollout.Wait nodes() {
        for (Rollout.Wait known : Rollout.Wait.values()) {
            if (known.name().toLowerCase(Locale.ROOT).equals(wait)) {
                return known;
            }
        }
        String all = Arrays.stream(Rollout.Wait.values())
                .map(known -> known.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        throw new IllegalArgumentException("--wait is '" + wait + "', but must be one of " + all);
    }

    private String self() {
        return cluster.nodes().stream()
                .filter(ClusterNode::self)
                .map(node -> node.member().name())
                .findFirst()
                .orElse(THIS_NODE);
    }

    private static void failIfAnyFailed(CommitId commit, Applied applied) throws CommandException {
        List<String> failed = new ArrayList<>(lines(THIS_NODE, applied.here(), Set.of(Verdict.State.FAILED), ""));
        applied.others()
                .forEach((node, verdicts) -> failed.addAll(lines(node, verdicts, Set.of(Verdict.State.FAILED), "")));
        if (!failed.isEmpty()) {
            int all = applied.here().size() * (1 + applied.others().size());
            throw failure("Commit " + commit.shortValue() + " stands, but " + failed.size() + " of " + all
                    + " artifacts failed:" + indented(failed));
        }
    }

    /** Fails if not all nodes that were waited for run what was to come to them one by one. */
    private static void failIfHalted(CommitId commit, Applied applied) throws CommandException {
        Map<String, List<Verdict>> all = new LinkedHashMap<>(Map.of(THIS_NODE, applied.here()));
        all.putAll(applied.others());
        if (new Rollout(all, applied.silent()).succeeded()) {
            return;
        }
        Set<Verdict.State> any = Set.of(Verdict.State.values());
        List<String> lines = new ArrayList<>();
        all.forEach((node, verdicts) -> lines.addAll(lines(node, verdicts, any, " is ")));
        applied.silent().forEach(node -> lines.add(node + " has not answered in time; see cluster:status"));
        throw failure("Commit " + commit.shortValue() + " stands, but was not applied by all nodes:" + indented(lines));
    }

    private static List<String> lines(
            String node, List<Verdict> verdicts, Set<Verdict.State> states, String beforeState) {
        return verdicts.stream()
                .filter(verdict -> states.contains(verdict.state()))
                .map(verdict -> verdict.path() + " on " + node
                        + (beforeState.isEmpty() ? "" : beforeState + verdict.state()) + ": " + verdict.message())
                .toList();
    }

    private static String indented(List<String> lines) {
        String lineBreak = System.lineSeparator() + "  ";
        return lineBreak + String.join(lineBreak, lines);
    }
}
