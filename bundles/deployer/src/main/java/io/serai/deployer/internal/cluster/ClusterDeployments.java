package io.serai.deployer.internal.cluster;

import io.serai.api.cluster.ClusterNode;
import io.serai.api.cluster.ClusterService;
import io.serai.api.deploy.ClusterDeploymentService;
import io.serai.api.deploy.Verdict;
import io.serai.api.state.CommitId;
import io.serai.api.state.StatePath;
import io.serai.api.text.NaturalOrder;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Asks the other nodes how artifacts stand there. */
@Component(service = ClusterDeploymentService.class)
public final class ClusterDeployments implements ClusterDeploymentService {
    // a node answers when its own time is over, and its answer takes a moment to come
    private static final Duration ON_THE_WAY = Duration.ofSeconds(1);

    private final ClusterService cluster;

    /** Asks over a cluster. */
    @Activate
    public ClusterDeployments(@Reference ClusterService cluster) {
        this.cluster = cluster;
    }

    @Override
    public Map<String, CompletableFuture<List<Verdict>>> verdicts(Duration timeout) {
        return ask(new byte[0], timeout);
    }

    @Override
    public Map<String, CompletableFuture<List<Verdict>>> await(
            CommitId commit, Collection<StatePath> paths, Duration timeout) {
        return ask(RolloutQuestion.argument(commit, paths, timeout), timeout.plus(ON_THE_WAY));
    }

    private Map<String, CompletableFuture<List<Verdict>>> ask(byte[] argument, Duration timeout) {
        Map<String, CompletableFuture<List<Verdict>>> coming = new TreeMap<>(NaturalOrder.OF_NAMES);
        cluster.ask(RolloutQuestion.QUESTION, argument, timeout)
                .forEach((node, answer) -> coming.put(node, answer.thenApply(RolloutQuestion::read)));
        cluster.nodes().stream()
                .filter(ClusterNode::self)
                .forEach(self -> coming.remove(self.member().name()));
        return coming;
    }
}
