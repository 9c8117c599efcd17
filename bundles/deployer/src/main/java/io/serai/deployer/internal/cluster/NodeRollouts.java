package io.serai.deployer.internal.cluster;

import io.serai.api.cluster.ClusterNode;
import io.serai.api.cluster.ClusterService;
import io.serai.api.deploy.ClusterDeploymentService;
import io.serai.api.deploy.DeploymentService;
import io.serai.api.deploy.Rollout;
import io.serai.api.deploy.RolloutService;
import io.serai.api.deploy.Verdict;
import io.serai.api.state.CommitId;
import io.serai.api.state.StatePath;
import io.serai.api.text.NaturalOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for this node and the others side by side. */
@Component(service = RolloutService.class)
public final class NodeRollouts implements RolloutService {
    private static final Logger LOG = LoggerFactory.getLogger(NodeRollouts.class);

    private final DeploymentService own;
    private final ClusterDeploymentService others;
    private final ClusterService cluster;

    /** Waits for these. */
    @Activate
    public NodeRollouts(
            @Reference DeploymentService own,
            @Reference ClusterDeploymentService others,
            @Reference ClusterService cluster) {
        this.own = own;
        this.others = others;
        this.cluster = cluster;
    }

    @Override
    public Rollout await(CommitId commit, Collection<StatePath> paths, Rollout.Wait wait, Duration timeout)
            throws InterruptedException {
        if (wait == Rollout.Wait.NONE || paths.isEmpty()) {
            return new Rollout(Map.of(), List.of());
        }
        Map<String, CompletableFuture<List<Verdict>>> coming = new HashMap<>(others.await(commit, paths, timeout));
        CompletableFuture<List<Verdict>> here = own.await(commit, paths);
        coming.put(self(), here);
        int needed = wait == Rollout.Wait.ALL ? coming.size() : coming.size() / 2 + 1;
        CountDownLatch missing = new CountDownLatch(needed);
        List<CompletableFuture<?>> watched = new ArrayList<>();
        coming.values().forEach(answer -> watched.add(answer.whenComplete((verdicts, failure) -> missing.countDown())));
        if (!missing.await(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
            LOG.debug("Did not see the end of a rollout: commit={}, nodes={}", commit, watched.size());
        }
        here.cancel(true);
        Map<String, List<Verdict>> nodes = new HashMap<>();
        coming.forEach((node, answer) -> {
            if (answer.isDone() && !answer.isCompletedExceptionally()) {
                nodes.put(node, answer.join());
            }
        });
        List<String> silent = nodes.size() >= needed
                ? List.of()
                : coming.keySet().stream()
                        .filter(node -> !nodes.containsKey(node))
                        .sorted(NaturalOrder.OF_NAMES)
                        .toList();
        return new Rollout(nodes, silent);
    }

    private String self() {
        return cluster.nodes().stream()
                .filter(ClusterNode::self)
                .map(node -> node.member().name())
                .findFirst()
                .orElse("this node");
    }
}
