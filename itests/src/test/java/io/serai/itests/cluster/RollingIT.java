package io.serai.itests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.serai.itests.deploy.TestBundle;
import io.serai.itests.node.CommandLine.Result;
import io.serai.itests.node.NodeProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.After;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Changes that ask to be applied node by node. */
public class RollingIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String FAILS_ON_NODE_2 =
            "if (\"node2\".equals(System.getProperty(\"serai.node\"))) throw new IllegalStateException(\"not here\");";

    @ClassRule
    public static final ClusterProcess CLUSTER = new ClusterProcess(3);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @After
    public void endEqual() {
        CLUSTER.nodes().stream().filter(node -> !node.isRunning()).forEach(NodeProcess::start);
        CLUSTER.awaitEqual();
    }

    private static String source(String type, String text, String onConstruction) {
        return TestBundle.serviceSource(type, type, text)
                .replace("public record Query", "public " + type + "() { " + onConstruction + " } public record Query");
    }

    /** Puts a file by a command on one of the nodes, to be applied node by node. */
    private Result roll(NodeProcess node, String type, String source) throws IOException {
        return roll(node, type, source, "");
    }

    private Result roll(NodeProcess node, String type, String source, String options) throws IOException {
        Path file = Files.writeString(folder.getRoot().toPath().resolve(type + ".java"), source);
        return node.shell("state:put deploy/" + type + ".java '" + file + "' --rolling " + options);
    }

    private static void assertInOrder(String type) {
        List<Instant> times = CLUSTER.nodes().stream()
                .map(node -> node.awaitState(type + ".java", "ACTIVE"))
                .map(verdict -> Instant.parse(verdict.path("time").asText()))
                .toList();
        assertThat(times).isSorted().doesNotHaveDuplicates();
    }

    @Test
    public void goesFromNodeToNode() throws IOException {
        Result added = roll(CLUSTER.node(3), "Rolled", source("Rolled", "one", ""));

        assertThat(added.exitCode()).as(added.err()).isZero();
        assertThat(added.out()).contains("Applied as well by node1, node2");
        CLUSTER.awaitAnswerOnAll("/Rolled", "one");
        assertInOrder("Rolled");

        Result changed = roll(CLUSTER.node(1), "Rolled", source("Rolled", "two", ""));

        assertThat(changed.exitCode()).as(changed.err()).isZero();
        CLUSTER.nodes().forEach(node -> assertThat(node.get("/Rolled").body()).contains("two"));
        assertInOrder("Rolled");
    }

    @Test
    public void goesFromNodeToNodeWhenItIsPushed() throws IOException {
        GitClone clone = GitClone.ofAdministrator(CLUSTER.node(2));
        for (String text : List.of("one", "two")) {
            clone.commit("deploy/Pushed.java", source("Pushed", text, ""));
            clone.succeed("commit", "--amend", "-m", "Serve " + text, "-m", "Apply: rolling");

            String told = clone.succeed("push");

            assertThat(told)
                    .contains("node1: deploy/Pushed.java ACTIVE", "node2: deploy/Pushed.java ACTIVE")
                    .contains("node3: deploy/Pushed.java ACTIVE");
            assertServed("/Pushed", text, text, text);
            assertInOrder("Pushed");
        }

        clone.commit("deploy/Pushed.java", source("Pushed", "three", FAILS_ON_NODE_2));
        clone.succeed("commit", "--amend", "-m", "Break it", "-m", "Apply: rolling");

        assertThat(clone.succeed("push"))
                .contains("node1: deploy/Pushed.java ACTIVE", "node2: deploy/Pushed.java FAILED", "not here")
                .contains("node3: deploy/Pushed.java WAITING", "halted, because it failed on node2");
        assertServed("/Pushed", "three", "two", "two");

        clone.succeed("revert", "--no-edit", "HEAD");

        assertThat(clone.succeed("push")).contains("node3: deploy/Pushed.java ACTIVE");
        assertServed("/Pushed", "two", "two", "two");
    }

    @Test
    public void haltsWhereItFailsUntilItIsFixed() throws IOException {
        CLUSTER.node(2).drop("Halted.java", TestBundle.serviceSource("Halted", "Halted", "old"));
        CLUSTER.awaitAnswerOnAll("/Halted", "old");

        Result broken = roll(CLUSTER.node(3), "Halted", source("Halted", "new", FAILS_ON_NODE_2));

        assertThat(broken.exitCode()).isEqualTo(1);
        assertThat(broken.out() + broken.err())
                .contains("deploy/Halted.java on node1 is ACTIVE")
                .contains("deploy/Halted.java on node2 is FAILED", "not here")
                .contains("deploy/Halted.java on this node is WAITING", "halted, because it failed on node2");
        assertServed("/Halted", "new", "old", "old");

        CLUSTER.node(3).kill();
        CLUSTER.node(3).start();

        JsonNode verdict = CLUSTER.node(3).awaitState("Halted.java", "WAITING");
        assertThat(verdict.path("message").asText()).contains("failed on node2");
        CLUSTER.node(3).awaitAnswer("/Halted", "old");
        assertServed("/Halted", "new", "old", "old");

        Result fix = roll(CLUSTER.node(2), "Halted", source("Halted", "fixed", ""));

        assertThat(fix.exitCode()).as(fix.err()).isZero();
        assertServed("/Halted", "fixed", "fixed", "fixed");
        assertInOrder("Halted");
    }

    private static void assertServed(String path, String... texts) {
        for (int i = 0; i < texts.length; i++) {
            assertThat(CLUSTER.node(i + 1).get(path).body()).contains(texts[i]);
        }
    }

    @Test
    public void goesOnWithoutNodeThatDiesMeanwhile() throws IOException {
        Path gate = folder.newFile("gate").toPath();
        String source = source(
                "Dying",
                "alive",
                "while (\"node1\".equals(System.getProperty(\"serai.node\")) && new java.io.File(\"" + gate
                        + "\").exists()) java.util.concurrent.locks.LockSupport.parkNanos(10_000_000);");
        int logged = CLUSTER.node(2).log().length();
        Result put = roll(CLUSTER.node(2), "Dying", source, "--wait none");
        assertThat(put.exitCode()).as(put.err()).isZero();
        await("node2 to wait for node1")
                .atMost(LIMIT)
                .until(() -> CLUSTER.node(2).log().substring(logged).contains("waits for node1 to have applied it"));

        CLUSTER.node(1).kill();

        CLUSTER.node(2).awaitAnswer("/Dying", "alive");
        CLUSTER.node(3).awaitAnswer("/Dying", "alive");
        Files.delete(gate);
        CLUSTER.node(1).start();
        CLUSTER.node(1).awaitAnswer("/Dying", "alive");
    }
}
