package io.serai.api.deploy;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * How nodes have applied a change.
 *
 * @param nodes the verdicts on the artifacts of interest, by name of the node
 * @param silent the names of nodes that were waited for and have not answered in time, sorted
 */
public record Rollout(Map<String, List<Verdict>> nodes, List<String> silent) {
    /** Copies the collections. */
    public Rollout {
        Objects.requireNonNull(nodes, "nodes");
        nodes = new TreeMap<>(nodes);
        silent = List.copyOf(silent);
    }

    /** Returns whether all nodes that were waited for have answered, and none has failed or waits for something. */
    public boolean succeeded() {
        return silent.isEmpty()
                && nodes.values().stream()
                        .flatMap(List::stream)
                        .allMatch(verdict ->
                                verdict.state() == Verdict.State.ACTIVE || verdict.state() == Verdict.State.REMOVED);
    }

    /** Which nodes to wait for. */
    public enum Wait {
        /** All nodes in reach. */
        ALL,
        /** More than half of the nodes in reach. */
        MAJORITY,
        /** None: the change is durable, and that is enough. */
        NONE
    }
}
