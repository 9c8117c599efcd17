package io.serai.admin.internal.git;

import io.serai.api.deploy.DeploymentService;
import io.serai.api.deploy.Verdict;
import io.serai.api.state.CommitId;
import io.serai.api.state.StateException;
import io.serai.api.state.StatePath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What became of a push, for people.
 *
 * @param node the name of this node
 * @param patience how long to wait for it
 */
record PushVerdicts(GitState state, String node, Duration patience) {
    private static final Logger LOG = LoggerFactory.getLogger(PushVerdicts.class);

    /** Waits for the verdicts of all nodes on the artifacts that differ between two commits, and puts them into words. */
    List<String> lines(CommitId before, CommitId after) {
        Optional<DeploymentService> deployments = state.deployments();
        if (deployments.isEmpty()) {
            return List.of(node + ": nothing is deployed here at the moment.");
        }
        try {
            List<StatePath> paths =
                    state.files().at(after).differences(state.files().at(before));
            if (paths.isEmpty()) {
                return List.of(node + ": nothing to do.");
            }
            Map<String, CompletableFuture<List<Verdict>>> others = state.otherDeployments()
                    .map(cluster -> cluster.await(after, paths, patience))
                    .orElse(Map.of());
            List<String> lines = new ArrayList<>(lines(deployments.get(), after, paths));
            others.forEach((name, verdicts) -> lines.addAll(others(name, verdicts)));
            return lines;
        } catch (StateException e) {
            LOG.warn("The files of a push could not be compared: before={}, after={}", before, after, e);
            return List.of(node + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of(node + ": the node is stopping; deployment goes on when it starts.");
        }
    }

    private List<String> lines(DeploymentService deployments, CommitId after, List<StatePath> paths)
            throws InterruptedException {
        CompletableFuture<List<Verdict>> verdicts = deployments.await(after, paths);
        try {
            return verdicts.get(patience.toMillis(), TimeUnit.MILLISECONDS).stream()
                    .map(verdict -> line(node, verdict))
                    .toList();
        } catch (TimeoutException | CancellationException | ExecutionException e) {
            LOG.debug("A push did not see the end of its deployment: head={}", after, e);
            Stream<String> known = paths.stream()
                    .flatMap(path -> deployments.verdict(path).stream())
                    .map(verdict -> line(node, verdict));
            String late = node + ": not all is deployed after " + patience.toSeconds()
                    + " s; deploy:list shows how it goes on.";
            return Stream.concat(known, Stream.of(late)).toList();
        } finally {
            verdicts.cancel(true);
        }
    }

    /** Waits for another node, which says by itself when its time is over. */
    private static List<String> others(String name, CompletableFuture<List<Verdict>> verdicts) {
        try {
            return verdicts.join().stream().map(verdict -> line(name, verdict)).toList();
        } catch (CompletionException | CancellationException e) {
            LOG.debug("A push did not hear from another node: node={}", name, e);
            return List.of(name + ": has not said in time what became of it; cluster:status shows how it goes on.");
        }
    }

    private static String line(String node, Verdict verdict) {
        String message = verdict.message().isEmpty() ? "" : ": " + verdict.message();
        return node + ": " + verdict.path() + " " + verdict.state() + message;
    }
}
