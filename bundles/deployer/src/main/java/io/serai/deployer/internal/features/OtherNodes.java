package io.serai.deployer.internal.features;

import io.serai.api.cluster.ClusterNode;
import io.serai.api.cluster.ClusterService;
import io.serai.api.deploy.Artifact;
import io.serai.api.state.BlobId;
import io.serai.api.state.StatePath;
import io.serai.deployer.internal.reconcile.HeadMoves;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Other nodes, which may be fetching what this one cannot: a change comes to all of them at the same time, and only one may
 * see the repository that it names.
 */
@Component(service = OtherNodes.class)
public final class OtherNodes {
    // as long as a person waits for a verdict; afterwards it is tried again every few seconds
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    // nodes that fetch the same are done at about the same time
    private static final Duration TURN = Duration.ofSeconds(1);

    private final HeadMoves heads;
    // the content that was waited for last, by the artifact that has it
    private final Map<StatePath, BlobId> awaited = new ConcurrentHashMap<>();

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable ClusterService cluster;

    /** Waits for heads to move. */
    @Activate
    public OtherNodes(@Reference HeadMoves heads) {
        this.heads = heads;
    }

    /**
     * Waits shortly for others to record what an artifact resolved to, if there are others; once for each of its contents.
     *
     * @return whether somebody has
     */
    boolean await(Artifact artifact, BooleanSupplier recorded) {
        boolean first = !artifact.blob().equals(awaited.put(artifact.path(), artifact.blob()));
        return await(first && inReach() ? PATIENCE : Duration.ZERO, recorded);
    }

    /** Forgets that an artifact was waited for: it is there, or it is gone. */
    void forget(StatePath artifact) {
        awaited.remove(artifact);
    }

    /** Lets the node that leads write first, if it has fetched the same: then there is nothing left to write. */
    void letLeaderGoFirst(BooleanSupplier recorded) {
        if (!leads()) {
            boolean unused = await(TURN, recorded);
        }
    }

    /** Returns whether no other node is to write what any of them could. */
    boolean leads() {
        ClusterService known = cluster;
        return known == null || !inReach() || known.nodes().stream().anyMatch(node -> node.self() && node.leads());
    }

    private boolean await(Duration patience, BooleanSupplier recorded) {
        Semaphore moves = new Semaphore(0);
        Runnable moved = moves::release;
        heads.addReceiver(moved);
        try {
            long end = System.nanoTime() + patience.toNanos();
            boolean more = true;
            while (more && !recorded.getAsBoolean()) {
                more = moves.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            }
            return recorded.getAsBoolean();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            heads.removeReceiver(moved);
        }
    }

    private boolean inReach() {
        ClusterService known = cluster;
        return known != null
                && known.nodes().stream()
                        .anyMatch(node -> !node.self() && node.status() != ClusterNode.Status.UNREACHABLE);
    }
}
