package io.serai.itests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.serai.itests.deploy.TestBundle;
import io.serai.itests.node.NodeProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.ClassRule;
import org.junit.Test;

/** Nodes that run and do not hear from each other: each side goes on, and both become one again. */
public class PartitionIT {
    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final int FLAPS = 4;
    private static final int APART = 10;

    @ClassRule
    public static final NodeNetwork NETWORK = new NodeNetwork(3);

    private final NodeProcess first = NETWORK.node(1);
    private final NodeProcess second = NETWORK.node(2);
    private final NodeProcess third = NETWORK.node(3);

    @Test
    public void halvesGoOnAndBecomeOneAgain() throws IOException {
        drop(first, "Both", "none");
        drop(first, "Doomed", "none");
        drop(first, "Wanted", "none");
        for (String name : List.of("both", "doomed", "wanted")) {
            awaitOn(NETWORK.nodes(), name, "none");
        }
        ClusterProcess.awaitEqual(NETWORK.nodes());
        NETWORK.nodes().forEach(node -> ClusterProcess.awaitInReach(node, 3, LIMIT));

        NETWORK.cut(1);
        drop(first, "Left", "left");
        drop(first, "Both", "left");
        Files.delete(first.deploy().resolve("Wanted.java"));
        drop(second, "Right", "right");
        drop(second, "Wanted", "right");
        Files.delete(third.deploy().resolve("Doomed.java"));
        awaitOn(List.of(first), "left", "left");
        awaitOn(List.of(first), "both", "left");
        awaitGone(List.of(first), "wanted");
        drop(third, "Both", "right");
        awaitOn(List.of(second, third), "right", "right");
        awaitOn(List.of(second, third), "wanted", "right");
        awaitOn(List.of(second, third), "both", "right");
        awaitGone(List.of(second, third), "doomed");
        NETWORK.heal();

        ClusterProcess.awaitEqual(NETWORK.nodes());
        awaitOn(NETWORK.nodes(), "left", "left");
        awaitOn(NETWORK.nodes(), "right", "right");
        awaitOn(NETWORK.nodes(), "both", "right");
        awaitOn(NETWORK.nodes(), "wanted", "right");
        awaitGone(NETWORK.nodes(), "doomed");
        assertThat(first.json("cluster:conflict-list --json"))
                .extracting(conflict -> conflict.path("path").asText())
                .contains("deploy/Both.java");
    }

    @Test
    public void lossInOneDirectionLosesNothing() {
        for (int to : new int[] {2, 1}) {
            int from = 3 - to;
            NETWORK.lose(from, to);
            try {
                for (String when : List.of("before", "after")) {
                    for (NodeProcess node : NETWORK.nodes()) {
                        drop(node, when + to + node.name(), "one way");
                        awaitOn(List.of(node), when + to + node.name(), "one way");
                    }
                    awaitSilent(NETWORK.node(from), NETWORK.node(to));
                }
            } finally {
                NETWORK.deliver(from, to);
            }
            ClusterProcess.awaitEqual(NETWORK.nodes());
            for (NodeProcess node : NETWORK.nodes()) {
                awaitOn(NETWORK.nodes(), "before" + to + node.name(), "one way");
                awaitOn(NETWORK.nodes(), "after" + to + node.name(), "one way");
            }
        }
    }

    @Test
    public void networkThatComesAndGoesLosesNothing() {
        for (int i = 0; i < FLAPS; i++) {
            NodeProcess alone = NETWORK.node(i % 3 + 1);
            NodeProcess other = NETWORK.node((i + 1) % 3 + 1);
            NETWORK.cut(i % 3 + 1);
            drop(alone, "Alone" + i, "alone");
            drop(other, "Flap" + i, "together");
            awaitOn(List.of(alone), "alone" + i, "alone");
            awaitOn(List.of(other), "flap" + i, "together");
            if (i % 2 == 0) {
                ClusterProcess.awaitInReach(alone, 1, LIMIT);
            }
            NETWORK.heal();
        }
        ClusterProcess.awaitEqual(NETWORK.nodes());
        for (int i = 0; i < FLAPS; i++) {
            awaitOn(NETWORK.nodes(), "alone" + i, "alone");
            awaitOn(NETWORK.nodes(), "flap" + i, "together");
        }
    }

    @Test
    public void nodesThatAreKilledWhileTheyMergeLoseNothing() throws IOException {
        for (int victim = 1; victim <= 2; victim++) {
            NodeProcess killed = NETWORK.node(victim);
            NodeProcess other = NETWORK.node(victim % 3 + 1);
            NETWORK.cut(victim);
            for (int i = 0; i < APART; i++) {
                drop(killed, "Killed" + victim + "x" + i, "merged");
                drop(other, "Other" + victim + "x" + i, "merged");
            }
            awaitOn(List.of(killed), "killed" + victim + "x" + (APART - 1), "merged");
            awaitOn(List.of(other), "other" + victim + "x" + (APART - 1), "merged");
            ClusterProcess.awaitInReach(killed, 1, LIMIT);
            NETWORK.heal();
            // they merge within some hundredths of a second from now
            await("them to meet")
                    .atMost(LIMIT)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> ClusterProcess.inReach(killed) == 3);
            killed.kill();
            killed.start();

            ClusterProcess.awaitEqual(NETWORK.nodes());
            for (int i = 0; i < APART; i++) {
                awaitOn(NETWORK.nodes(), "killed" + victim + "x" + i, "merged");
                awaitOn(NETWORK.nodes(), "other" + victim + "x" + i, "merged");
            }
        }
    }

    /** Waits until the node that does not hear another one any more says so, whoever leads. */
    private static void awaitSilent(NodeProcess silent, NodeProcess listener) {
        await(silent.name() + " to be silent for " + listener.name())
                .atMost(LIMIT)
                .until(() -> ClusterProcess.statusOf(silent, listener).equals("UNREACHABLE"));
    }

    private static void drop(NodeProcess node, String type, String text) {
        node.drop(type + ".java", TestBundle.serviceSource(type, type.toLowerCase(Locale.ROOT), text));
    }

    private static void awaitOn(List<NodeProcess> nodes, String name, String text) {
        nodes.forEach(node -> node.awaitAnswer("/" + name, text, LIMIT));
    }

    private static void awaitGone(List<NodeProcess> nodes, String name) {
        for (NodeProcess node : nodes) {
            await(name + " to be gone from " + node.name())
                    .atMost(LIMIT)
                    .until(() -> node.get("/" + name).statusCode() == 404);
        }
    }
}
