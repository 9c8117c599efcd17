package io.serai.cluster.internal.coordination.locks;

import static org.assertj.core.api.Assertions.assertThat;

import io.serai.api.cluster.Agreement;
import io.serai.api.cluster.ClusterLock;
import io.serai.cluster.internal.coordination.locks.LockNodes.Node;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.Test;

public class GrantedLocksTest {
    private static final Duration SOON = Duration.ofSeconds(3);
    private static final Duration LEASE = Duration.ofSeconds(10);

    private final LockNodes nodes = new LockNodes(1);

    private Optional<ClusterLock> get(Node node, Agreement agreement) {
        CompletableFuture<Optional<ClusterLock>> coming = node.locks.ask("a", agreement, Duration.ZERO);
        nodes.simulation.run(SOON);
        return coming.getNow(Optional.empty());
    }

    @Test
    public void oneHasTheLockAndTheNextOneGetsItWithAGreaterToken() {
        nodes.start(3);
        for (Agreement agreement : Agreement.values()) {
            ClusterLock first = get(nodes.node(1), agreement).orElseThrow();
            assertThat(get(nodes.node(2), agreement)).isEmpty();
            CompletableFuture<Optional<ClusterLock>> waiting =
                    nodes.node(0).locks.ask("a", agreement, Duration.ofSeconds(5));
            nodes.simulation.run(Duration.ofSeconds(1));

            first.close();
            assertThat(first.isHeld()).isFalse();
            nodes.simulation.run(Duration.ofSeconds(1));

            ClusterLock next = waiting.getNow(Optional.empty()).orElseThrow();
            assertThat(next.isHeld()).isTrue();
            assertThat(next.token()).isGreaterThan(first.token());
            next.close();
        }
    }

    @Test
    public void lockOfANodeThatDiesIsFree() {
        nodes.start(3);
        for (Agreement agreement : Agreement.values()) {
            assertThat(get(nodes.node(0), agreement)).isPresent();
        }

        nodes.kill(nodes.node(0));
        nodes.simulation.run(LEASE);

        for (Agreement agreement : Agreement.values()) {
            assertThat(get(nodes.node(1), agreement)).isPresent();
        }
    }

    @Test
    public void eachPartHasItsLockAndOneLosesItWhenTheyMeet() {
        nodes.start(2);
        nodes.part(0, 1);
        ClusterLock first = get(nodes.node(0), Agreement.REACHABLE).orElseThrow();
        ClusterLock second = get(nodes.node(1), Agreement.REACHABLE).orElseThrow();

        nodes.part(0, 0);

        assertThat(first.isHeld()).isNotEqualTo(second.isHeld());
        ClusterLock loser = first.isHeld() ? second : first;
        assertThat(loser.lost()).isCompleted();
    }

    @Test
    public void onlyThePartWithTheMajorityHasTheLock() {
        nodes.start(3);
        ClusterLock lock = get(nodes.node(0), Agreement.MAJORITY).orElseThrow();
        nodes.part(0, 1, 1);
        assertThat(get(nodes.node(1), Agreement.MAJORITY))
                .as("while the lease is on")
                .isEmpty();
        nodes.simulation.run(LEASE);

        assertThat(lock.isHeld()).isFalse();
        assertThat(lock.lost()).isCompleted();
        assertThat(get(nodes.node(0), Agreement.MAJORITY)).isEmpty();
        assertThat(get(nodes.node(1), Agreement.MAJORITY).orElseThrow().token()).isGreaterThan(lock.token());
    }

    @Test
    public void tokenGrowsAlsoWhenAllNodesWereDown() {
        nodes.start(3);
        ClusterLock lock = get(nodes.node(0), Agreement.MAJORITY).orElseThrow();

        for (int i = 0; i < 3; i++) {
            nodes.restart(nodes.node(i));
        }
        nodes.simulation.run(SOON);
        assertThat(get(nodes.node(1), Agreement.MAJORITY))
                .as("what was promised before may still count")
                .isEmpty();
        nodes.simulation.run(LEASE);

        assertThat(get(nodes.node(1), Agreement.MAJORITY).orElseThrow().token()).isGreaterThan(lock.token());
    }

    @Test
    public void lockIsKeptWhileNodesRestartOneByOne() {
        nodes.start(3);
        ClusterLock lock = get(nodes.node(0), Agreement.MAJORITY).orElseThrow();

        nodes.restart(nodes.node(1));
        nodes.simulation.run(LEASE.multipliedBy(2));
        nodes.restart(nodes.node(2));
        nodes.simulation.run(LEASE.multipliedBy(2));

        assertThat(lock.isHeld()).isTrue();
    }

    @Test
    public void nodeThatCannotWriteItsPromisesPromisesNothing() {
        nodes.start(3);
        nodes.node(1).disk.broken = true;
        nodes.node(2).disk.broken = true;

        assertThat(get(nodes.node(0), Agreement.MAJORITY)).isEmpty();
        nodes.node(2).disk.broken = false;
        assertThat(get(nodes.node(0), Agreement.MAJORITY)).isPresent();
    }

    @Test
    public void tokenGrowsAlsoWhenMembersHaveComeOneByOne() {
        nodes.start(3);
        nodes.part(0, 0, 1);
        ClusterLock lock = get(nodes.node(0), Agreement.MAJORITY).orElseThrow();
        for (int i = 0; i < 50; i++) {
            lock.close();
            nodes.simulation.run(Duration.ofSeconds(1));
            lock = get(nodes.node(0), Agreement.MAJORITY).orElseThrow();
        }
        nodes.part(0, 0, 0);
        nodes.add();
        nodes.simulation.run(LEASE);
        nodes.add();
        nodes.simulation.run(LEASE);
        nodes.part(1, 1, 0, 0, 0);
        nodes.simulation.run(LEASE);

        ClusterLock next = get(nodes.node(4), Agreement.MAJORITY).orElseThrow();
        assertThat(next.token()).isGreaterThan(lock.token());
        assertThat(lock.isHeld()).isFalse();
    }
}
