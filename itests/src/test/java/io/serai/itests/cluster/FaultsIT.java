package io.serai.itests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.serai.itests.deploy.TestBundle;
import io.serai.itests.node.CommandLine;
import io.serai.itests.node.NodeProcess;
import io.serai.itests.node.Scratch;
import io.serai.itests.node.Site;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.After;
import org.junit.ClassRule;
import org.junit.Test;

/** Nodes that die, hang, go away, come back with what they had long ago, and differ: all end alike. */
public class FaultsIT {
    private static final Duration NOTICED = Duration.ofSeconds(5);
    private static final Duration ANSWERED = Duration.ofSeconds(3);
    private static final int FILES = 20;
    private static final int CHANGES_WHILE_AWAY = 200;
    // well below the 30 s after which nodes compare heads anyway
    private static final Duration HEALED = Duration.ofSeconds(15);
    private static final Duration HANGING = Duration.ofSeconds(8);
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @ClassRule
    public static final ClusterProcess CLUSTER = new ClusterProcess(3);

    @After
    public void endEqualAndQuiet() {
        CLUSTER.nodes().stream().filter(node -> !node.isRunning()).forEach(NodeProcess::start);
        CLUSTER.awaitEqual();
        CLUSTER.awaitQuiet();
    }

    @Test
    public void losesNothingWhenNodesAreKilled() {
        NodeProcess leader = CLUSTER.leader();
        NodeProcess other = CLUSTER.others(leader).get(0);
        NodeProcess third = CLUSTER.others(leader).get(1);
        for (int i = 0; i < 30; i++) {
            third.drop("Killed" + i + ".java", TestBundle.serviceSource("Killed" + i, "killed" + i, "lives"));
            if (i == 10) {
                leader.kill();
            } else if (i == 20) {
                other.kill();
            }
            third.awaitAnswer("/killed" + i, "lives");
        }
        third.drop("Killed30.java", TestBundle.serviceSource("Killed30", "killed30", "lives"));
        third.awaitAnswer("/killed30", "lives");
        third.kill();

        List<NodeProcess> order = new ArrayList<>(CLUSTER.nodes());
        Collections.reverse(order);
        order.forEach(NodeProcess::start);

        for (int i = 0; i <= 30; i++) {
            CLUSTER.awaitAnswerOnAll("/killed" + i, "lives");
        }
    }

    @Test
    public void startsInAnyOrderAfterAllWereKilled() {
        List<List<Integer>> orders = List.of(
                List.of(1, 2, 3),
                List.of(1, 3, 2),
                List.of(2, 1, 3),
                List.of(2, 3, 1),
                List.of(3, 1, 2),
                List.of(3, 2, 1));
        for (List<Integer> order : orders) {
            List<NodeProcess> nodes = order.stream().map(CLUSTER::node).toList();
            String name = "order" + order.get(0) + order.get(1) + order.get(2);
            // known to the one that starts last, and perhaps to no other
            nodes.get(2).drop(name + ".java", TestBundle.serviceSource(name, name, "any order"));
            nodes.get(2).awaitAnswer("/" + name, "any order");
            nodes.forEach(NodeProcess::kill);
            startOneAfterAnother(nodes);
            CLUSTER.awaitAnswerOnAll("/" + name, "any order");
            CLUSTER.awaitEqual();
        }
    }

    /** Starts nodes in an order; the next one does not wait for the one before to be ready. */
    private static void startOneAfterAnother(List<NodeProcess> nodes) {
        List<CompletableFuture<Void>> starting = new ArrayList<>();
        for (NodeProcess node : nodes) {
            starting.add(CompletableFuture.runAsync(node::start));
            await(node.name() + " to have a process").atMost(LIMIT).until(node::isRunning);
        }
        starting.forEach(CompletableFuture::join);
    }

    @Test
    public void goesOnWithoutNodeThatHangs() {
        NodeProcess leader = CLUSTER.leader();
        List<NodeProcess> others = CLUSTER.others(leader);
        long begin = System.nanoTime();
        leader.suspend();
        try {
            others.get(0).drop("Hanging.java", TestBundle.serviceSource("Hanging", "hanging", "not me"));
            for (NodeProcess node : others) {
                node.awaitAnswer("/hanging", "not me", ANSWERED);
            }
            for (NodeProcess node : others) {
                Duration left = NOTICED.minusNanos(System.nanoTime() - begin);
                ClusterProcess.awaitInReach(node, 2, left);
            }
            assertThat(ClusterProcess.statusOf(leader, others.get(1))).isEqualTo("UNREACHABLE");
            await("it to hang for a while").atMost(LIMIT).until(() -> System.nanoTime() - begin > HANGING.toNanos());
        } finally {
            leader.resume();
        }
        leader.awaitAnswer("/hanging", "not me");
        leader.drop("Hanged.java", TestBundle.serviceSource("Hanged", "hanged", "again"));
        for (NodeProcess node : others) {
            node.awaitAnswer("/hanged", "again", HEALED);
        }
    }

    @Test
    public void bringsNodeThatWasAwayUpToDateEvenFromAnOldDisk() throws IOException {
        NodeProcess here = CLUSTER.node(1);
        NodeProcess away = CLUSTER.node(3);
        for (int i = 0; i < FILES; i++) {
            here.drop("Away" + i + ".java", TestBundle.serviceSource("Away" + i, "away" + i, "old"));
        }
        CLUSTER.awaitAnswerOnAll("/away" + (FILES - 1), "old");
        CLUSTER.awaitEqual();
        away.stop();
        Path copy = Scratch.folder("disk").resolve("node3");
        CommandLine.succeed("cp", "-a", away.folder().toString(), copy.toString());

        Map<Integer, Optional<String>> changed = changeALot(here);
        away.start();
        assertChanged(changed);
        CLUSTER.awaitEqual();
        away.drop("Own.java", TestBundle.serviceSource("Own", "own", "mine"));
        CLUSTER.awaitAnswerOnAll("/own", "mine");

        away.kill();
        CommandLine.succeed("rm", "-rf", away.folder().toString());
        CommandLine.succeed("mv", copy.toString(), away.folder().toString());
        away.start();
        assertChanged(changed);
        CLUSTER.awaitAnswerOnAll("/own", "mine");
    }

    /** Changes, deletes and brings back, a commit each; returns what each service answers in the end. */
    private static Map<Integer, Optional<String>> changeALot(NodeProcess node) throws IOException {
        GitClone clone = GitClone.ofAdministrator(node);
        Map<Integer, Optional<String>> now = new TreeMap<>();
        Random random = new Random(4);
        for (int i = 0; i < CHANGES_WHILE_AWAY; i++) {
            int number = random.nextInt(FILES);
            String path = "deploy/Away" + number + ".java";
            if (now.getOrDefault(number, Optional.of("old")).isPresent() && random.nextInt(3) == 0) {
                clone.remove(path);
                now.put(number, Optional.empty());
            } else {
                String text = random.nextInt(4) == 0 ? "old" : "new " + i;
                clone.commit(path, TestBundle.serviceSource("Away" + number, "away" + number, text) + "// " + i);
                now.put(number, Optional.of(text));
            }
        }
        clone.succeed("push");
        return now;
    }

    private static void assertChanged(Map<Integer, Optional<String>> changed) {
        changed.forEach((number, text) -> text.ifPresentOrElse(
                expected -> CLUSTER.awaitAnswerOnAll("/away" + number, expected),
                () -> CLUSTER.awaitGoneFromAll("/away" + number)));
    }

    @Test
    public void mergesWhatWasChangedApart() throws IOException {
        NodeProcess left = CLUSTER.node(1);
        NodeProcess right = CLUSTER.node(2);
        left.deploy("Both.java", TestBundle.serviceSource("Both", "both", "none"));
        left.deploy("Kept.java", TestBundle.serviceSource("Kept", "kept", "none"));
        left.deploy("Gone.java", TestBundle.serviceSource("Gone", "gone", "none"));
        CLUSTER.awaitEqual();

        CLUSTER.node(3).stop();
        right.stop();
        left.deploy("Both.java", TestBundle.serviceSource("Both", "both", "left"));
        left.deploy("Kept.java", TestBundle.serviceSource("Kept", "kept", "left"));
        left.deploy("Left.java", TestBundle.serviceSource("Left", "left", "left"));
        left.stop();
        right.start();
        right.deploy("Both.java", TestBundle.serviceSource("Both", "both", "right"));
        right.deploy("Right.java", TestBundle.serviceSource("Right", "right", "right"));
        right.remove("Kept.java");
        right.remove("Gone.java");
        left.start();
        CLUSTER.node(3).start();

        CLUSTER.awaitAnswerOnAll("/left", "left");
        CLUSTER.awaitAnswerOnAll("/right", "right");
        CLUSTER.awaitAnswerOnAll("/both", "right");
        CLUSTER.awaitAnswerOnAll("/kept", "left");
        CLUSTER.awaitGoneFromAll("/gone");
        CLUSTER.awaitEqual();
        for (NodeProcess node : CLUSTER.nodes()) {
            assertThat(node.json("cluster:conflict-list --json"))
                    .extracting(conflict -> conflict.path("path").asText())
                    .contains("deploy/Both.java");
        }
    }

    @Test
    public void doesNotMindProcessWithTheIdentityOfAnother() throws IOException {
        NodeProcess original = CLUSTER.node(3);
        original.stop();
        Site site = Site.make();
        CommandLine.succeed(
                "cp", "-a", original.folder().toString(), site.home().toString());
        original.start();
        CLUSTER.awaitEqual();
        NodeProcess twin = new NodeProcess(site, 3);
        twin.start();
        try {
            await("the twin to leave").atMost(LIMIT).untilAsserted(() -> assertThat(twin.log())
                    .contains("another process runs with the identity of this node"));
            CLUSTER.node(1).drop("Twin.java", TestBundle.serviceSource("Twin", "twin", "one of us"));
            CLUSTER.awaitAnswerOnAll("/twin", "one of us");
            CLUSTER.awaitEqual();
            assertThat(original.log()).doesNotContain("another process runs with the identity of this node");
        } finally {
            twin.kill();
        }
    }

    @Test
    public void keepsServingWhereABundleStartsThatFailsElsewhere() {
        NodeProcess odd = CLUSTER.node(2);
        odd.kill();
        odd.start(Map.of("SERAI_JAVA_OPTS", "-Dacme.refuse=true"));
        String source = TestBundle.serviceSource("Picky", "picky", "fine")
                .replace(
                        "@Override",
                        "public Picky() { if (Boolean.getBoolean(\"acme.refuse\")) { throw new IllegalStateException(\"not"
                                + " here\"); } } @Override");

        CLUSTER.node(1).drop("Picky.java", source);

        CLUSTER.node(1).awaitAnswer("/picky", "fine");
        CLUSTER.node(3).awaitAnswer("/picky", "fine");
        JsonNode failed = odd.awaitState("Picky.java", "FAILED");
        assertThat(failed.path("message").asText() + failed.path("detail").asText())
                .contains("not here");
        ClusterProcess.awaitEqualHeads(CLUSTER.nodes());
        CLUSTER.awaitQuiet();
        CLUSTER.node(3).awaitAnswer("/picky", "fine");
        odd.kill();
        odd.start();
        CLUSTER.awaitAnswerOnAll("/picky", "fine");
    }
}
