package io.serai.deployer.internal.cluster;

import io.serai.api.cluster.ClusterService;
import io.serai.api.deploy.Verdict;
import io.serai.deployer.internal.rolling.Fellows;
import io.serai.deployer.internal.rolling.RollingContent;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Asks over the cluster, as long as there is one; a node without is alone. */
public final class AskedFellows implements Fellows {
    private final String self;
    private final AtomicReference<@Nullable ClusterService> cluster = new AtomicReference<>();

    /** Asks for a node of this name, nobody yet. */
    public AskedFellows(String self) {
        this.self = self;
    }

    /** Asks over a cluster from now on. */
    public void connect(ClusterService service) {
        cluster.set(service);
    }

    /** Undoes {@link #connect}. */
    public void disconnect(ClusterService service) {
        cluster.compareAndSet(service, null);
    }

    @Override
    public String self() {
        return self;
    }

    @Override
    public Map<String, CompletableFuture<List<Verdict>>> ask(Collection<RollingContent> contents, Duration timeout) {
        ClusterService service = cluster.get();
        if (service == null) {
            return Map.of();
        }
        Map<String, CompletableFuture<List<Verdict>>> coming = new TreeMap<>();
        service.ask(StandingQuestion.QUESTION, StandingQuestion.argument(contents), timeout)
                .forEach((node, answer) -> coming.put(node, answer.thenApply(RolloutQuestion::read)));
        coming.remove(self);
        return coming;
    }
}
