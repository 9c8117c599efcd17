package io.serai.deployer.internal.features;

import static org.assertj.core.api.Assertions.assertThat;

import io.serai.api.cluster.ClusterNode;
import io.serai.api.cluster.ClusterNode.Status;
import io.serai.api.cluster.ClusterService;
import io.serai.api.cluster.Member;
import io.serai.api.deploy.Artifact;
import io.serai.api.state.BlobId;
import io.serai.api.state.CommitId;
import io.serai.api.state.Content;
import io.serai.api.state.StatePath;
import io.serai.deployer.internal.reconcile.HeadMoves;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.Test;

public class OtherNodesTest {
    private static final CommitId COMMIT = new CommitId("a".repeat(40));
    private static final StatePath LIST = new StatePath("features.yaml");

    private final HeadMoves heads = new HeadMoves();
    private final OtherNodes others = new OtherNodes(heads);
    private final List<ClusterNode> nodes = new ArrayList<>();
    private volatile @Nullable CompletableFuture<Void> recorded;

    private final class Cluster implements ClusterService {
        @Override
        public List<ClusterNode> nodes() {
            return nodes;
        }

        @Override
        public CompletableFuture<Void> caughtUp() {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public Map<String, CompletableFuture<byte[]>> ask(String question, byte[] argument, Duration timeout) {
            return Map.of();
        }
    }

    private void node(Status status, boolean leads, boolean self) {
        Member member =
                new Member(UUID.randomUUID(), "node" + (nodes.size() + 1), "localhost", 1, 2, Set.of(), List.of());
        nodes.add(new ClusterNode(member, status, Optional.empty(), leads, self));
        others.cluster = new Cluster();
    }

    private static Artifact artifact(char digit) {
        return new Artifact(LIST, new BlobId(String.valueOf(digit).repeat(40)), Content.of(new byte[0]));
    }

    /** Another node records it a moment after this one has looked. */
    private boolean recordedMeanwhile() {
        CompletableFuture<Void> begun = recorded;
        if (begun == null) {
            recorded = CompletableFuture.runAsync(
                    () -> heads.headMoved(COMMIT, COMMIT),
                    CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS));
            return false;
        }
        return begun.isDone();
    }

    private boolean awaited(char digit) {
        recorded = null;
        return others.await(artifact(digit), this::recordedMeanwhile);
    }

    @Test
    public void waitsUntilAnotherNodeHasRecordedIt() {
        node(Status.JOINED, false, true);
        node(Status.SYNCING, true, false);

        assertThat(awaited('1')).isTrue();
    }

    @Test
    public void waitsForNobodyWhoIsOutOfReach() {
        assertThat(awaited('1')).as("no cluster").isFalse();
        node(Status.JOINED, true, true);
        node(Status.UNREACHABLE, false, false);

        assertThat(awaited('2')).isFalse();
        assertThat(others.leads()).isTrue();
    }

    @Test
    public void waitsOncePerContentUntilTheArtifactIsThereOrGone() {
        node(Status.JOINED, false, true);
        node(Status.JOINED, true, false);

        assertThat(awaited('1')).isTrue();
        assertThat(awaited('1')).as("tried again").isFalse();
        assertThat(awaited('2')).as("other content").isTrue();
        assertThat(awaited('1')).as("rolled back").isTrue();
        others.forget(LIST);
        assertThat(awaited('1')).as("brought back").isTrue();
    }

    @Test
    public void letsTheLeaderWriteFirst() {
        node(Status.JOINED, false, true);
        node(Status.JOINED, true, false);
        assertThat(others.leads()).isFalse();

        others.letLeaderGoFirst(this::recordedMeanwhile);
        assertThat(recorded).isDone();

        nodes.clear();
        recorded = null;
        node(Status.JOINED, true, true);
        node(Status.JOINED, false, false);
        others.letLeaderGoFirst(this::recordedMeanwhile);
        assertThat(recorded).as("the leader waits for nobody").isNull();
    }
}
