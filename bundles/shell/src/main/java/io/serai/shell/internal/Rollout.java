package io.serai.shell.internal;

import io.serai.api.deploy.ClusterDeploymentService;
import io.serai.api.deploy.DeploymentService;
import io.serai.api.deploy.Verdict;
import io.serai.api.state.CommitId;
import io.serai.api.state.StateException;
import io.serai.api.state.StatePath;
import io.serai.api.state.StateRepository;
import io.serai.api.text.NaturalOrder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.karaf.shell.support.CommandException;

/**
 * A commit on its way to the nodes.
 *
 * @param repository holds the commit
 * @param deployments applies it on this node
 * @param others ask the other nodes; empty if there is no cluster
 * @param before the head before the change
 * @param after the head after the change
 */
record Rollout(
        StateRepository repository,
        DeploymentService deployments,
        Optional<ClusterDeploymentService> others,
        CommitId before,
        CommitId after) {

    /**
     * How it ended.
     *
     * @param here the verdicts of this node on the artifacts that differ between the two commits
     * @param others those of the other nodes that have answered, by name
     * @param silent the names of those that have not
     */
    record Ended(List<Verdict> here, Map<String, List<Verdict>> others, List<String> silent) {}

    /** Waits for this node, and for as many others as are wanted. */
    Ended await(Wait wait, Duration timeout)
            throws StateException, CommandException, InterruptedException, ExecutionException {
        if (wait == Wait.NONE) {
            return new Ended(List.of(), Map.of(), List.of());
        }
        List<StatePath> paths = repository.at(after).differences(repository.at(before));
        Map<String, CompletableFuture<List<Verdict>>> coming =
                others.map(cluster -> cluster.await(after, paths, timeout)).orElse(Map.of());
        List<Verdict> here = awaitHere(paths, timeout);
        wait.await(coming.values());
        Map<String, List<Verdict>> answered = new TreeMap<>(NaturalOrder.OF_NAMES);
        coming.forEach((node, answer) -> {
            if (answer.isDone() && !answer.isCompletedExceptionally()) {
                answered.put(node, answer.join());
            }
        });
        List<String> silent = coming.entrySet().stream()
                .filter(node -> node.getValue().isCompletedExceptionally())
                .map(Map.Entry::getKey)
                .sorted(NaturalOrder.OF_NAMES)
                .toList();
        return new Ended(here, answered, silent);
    }

    private List<Verdict> awaitHere(List<StatePath> paths, Duration timeout)
            throws CommandException, InterruptedException, ExecutionException {
        CompletableFuture<List<Verdict>> verdicts = deployments.await(after, paths);
        try {
            return verdicts.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw SeraiCommand.failure(
                    "Commit " + after.shortValue() + " stands, but was not applied within " + Wording.duration(timeout)
                            + "; see deploy:list",
                    e);
        } finally {
            verdicts.cancel(true);
        }
    }
}
