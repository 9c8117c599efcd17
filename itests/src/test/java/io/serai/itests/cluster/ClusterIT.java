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
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.After;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What three nodes do together while nothing fails. */
public class ClusterIT {
    private static final int FILES = 200;
    private static final int LARGE_BYTES = 50_000_000;
    private static final Duration STORM = Duration.parse(System.getProperty("serai.storm"));
    private static final Duration STORM_PERIOD = Duration.ofMillis(100);
    private static final int STORM_FILES = 5;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @ClassRule
    public static final ClusterProcess CLUSTER = new ClusterProcess(3);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @After
    public void endEqual() {
        CLUSTER.awaitEqual();
    }

    @Test
    public void runsOnAllNodesWhatIsDroppedOnAny() {
        for (NodeProcess node : CLUSTER.nodes()) {
            String type = "From" + node.name();
            node.drop(type + ".java", TestBundle.serviceSource(type, type, "one"));
            CLUSTER.awaitAnswerOnAll("/" + type, "one");
        }
    }

    @Test
    public void replacesAndRemovesEverywhere() throws IOException {
        CLUSTER.node(1).drop("Moving.java", TestBundle.serviceSource("Moving", "moving", "one"));
        CLUSTER.awaitAnswerOnAll("/moving", "one");

        CLUSTER.node(2).drop("Moving.java", TestBundle.serviceSource("Moving", "moving", "two"));
        CLUSTER.awaitAnswerOnAll("/moving", "two");

        Files.delete(CLUSTER.node(3).deploy().resolve("Moving.java"));
        CLUSTER.awaitGoneFromAll("/moving");
        for (NodeProcess node : CLUSTER.nodes()) {
            await("the file to go").until(() -> !Files.exists(node.deploy().resolve("Moving.java")));
        }
    }

    @Test
    public void takesManyFilesAtOnce() {
        byte[][] jars = TestBundle.jars(
                FILES, i -> TestBundle.bundle("many.B" + i, "1.0.0").service("Many" + i, "many" + i, "answer " + i));
        for (int i = 0; i < FILES; i++) {
            CLUSTER.node(2).drop("many" + i + ".jar", jars[i]);
        }
        for (int i = 0; i < FILES; i++) {
            CLUSTER.awaitAnswerOnAll("/many" + i, "answer " + i);
        }
    }

    @Test
    public void takesLargeFileFromNodeThatDoesNotLead() {
        byte[] noise = new byte[LARGE_BYTES];
        new Random(1).nextBytes(noise);
        byte[] jar = TestBundle.bundle("large", "1.0.0")
                .service("Large", "large", "big")
                .resource("noise.bin", noise)
                .jar();

        follower().drop("large.jar", jar);

        CLUSTER.awaitAnswerOnAll("/large", "big");
    }

    @Test
    public void takesCommandsFromNodeThatDoesNotLead() throws IOException {
        CLUSTER.node(1).drop("Teller.java", TestBundle.serviceSource("Teller", "teller", "tells"));
        CLUSTER.awaitAnswerOnAll("/teller", "tells");
        Path channel = folder.newFile("channel.yaml").toPath();
        Files.writeString(
                channel,
                """
                kind: rest-channel
                name: told
                spec:
                  path: /told
                  methods: [GET]
                  service: teller
                """);

        Result put = follower().shell("state:put objects/rest-channel/told.yaml '" + channel + "'");

        assertThat(put.exitCode()).as(put.err()).isZero();
        CLUSTER.awaitAnswerOnAll("/told", "tells");
    }

    @Test
    public void configuresAllNodes() throws IOException {
        Path configuration = folder.newFile("acme.cfg").toPath();
        Files.writeString(configuration, "greeting = hello all\n");

        Result put = follower().shell("state:put config/acme.cluster.cfg '" + configuration + "'");

        assertThat(put.exitCode()).as(put.err()).isZero();
        for (NodeProcess node : CLUSTER.nodes()) {
            await("the configuration of " + node.name()).atMost(LIMIT).until(() -> node.shell(
                            "config:property-list --pid acme.cluster")
                    .out()
                    .contains("hello all"));
        }
    }

    @Test
    public void deploysWhatIsPushedByGitAndSaysHowAllNodesStand() throws IOException {
        GitClone clone = GitClone.ofAdministrator(follower());
        clone.commit("deploy/Pushed.java", TestBundle.serviceSource("Pushed", "pushed", "by git"));

        assertThat(clone.succeed("push")).contains("ACTIVE", "node1", "node2", "node3");
        for (NodeProcess node : CLUSTER.nodes()) {
            assertThat(node.get("/pushed").body()).as(node.name()).contains("by git");
        }

        clone.commit("deploy/Pushed.java", "class Pushed {");
        Result refused = clone.git("push");
        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.err()).contains("rejected", "deploy/Pushed.java");
        clone.succeed("reset", "--hard", "HEAD~2");
        clone.commit("deploy/Rewritten.java", TestBundle.serviceSource("Rewritten", "rewritten", "history"));
        assertThat(clone.git("push", "--force").exitCode()).isNotZero();
        CLUSTER.awaitAnswerOnAll("/pushed", "by git");
    }

    @Test
    public void refusesPushOfThoseWhoMayNotDeploy() throws IOException {
        NodeProcess node = follower();
        GitClone clone = GitClone.ofViewer(node);
        Optional<String> head = node.head();
        clone.commit("deploy/Smuggled.java", TestBundle.serviceSource("Smuggled", "smuggled", "in"));

        Result refused = clone.git("push");

        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.err()).contains("deploy/Smuggled.java: User vic may not write artifact/Smuggled.java");
        assertThat(node.head()).isEqualTo(head);
        assertThat(node.log("audit.log"))
                .contains("Refused: action=write, object=artifact/Smuggled.java, user=vic, from=127.0.0.1, face=git");
    }

    /** With {@code -Dserai.storm=PT10M} for ten minutes. */
    @Test
    public void keepsUpWithChangesFromAllNodes() throws InterruptedException, ExecutionException {
        Map<String, String> expected = new ConcurrentSkipListMap<>();
        AtomicInteger count = new AtomicInteger();
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        try {
            clock.scheduleAtFixedRate(
                            () -> change(count.getAndIncrement(), expected),
                            0,
                            STORM_PERIOD.toMillis(),
                            TimeUnit.MILLISECONDS)
                    .get(STORM.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException over) {
            // it ends with a failure only
        } finally {
            clock.shutdown();
        }
        assertThat(clock.awaitTermination(LIMIT.toMillis(), TimeUnit.MILLISECONDS))
                .isTrue();
        expected.forEach((name, text) -> CLUSTER.awaitAnswerOnAll("/" + name, text));
        CLUSTER.awaitEqual();
        CLUSTER.awaitQuiet();
        assertThat(CLUSTER.node(1).json("cluster:conflict-list --json"))
                .extracting(conflict -> conflict.path("path").asText())
                .noneMatch(path -> path.contains("storm"));
    }

    private static void change(int number, Map<String, String> expected) {
        NodeProcess node = CLUSTER.node(number % 3 + 1);
        String name = "storm" + node.name() + number / 3 % STORM_FILES;
        String text = "change " + number + ".";
        node.drop(name + ".java", TestBundle.serviceSource(name, name, text));
        expected.put(name, text);
    }

    @Test
    public void letsNodesComeAndGo() throws IOException {
        CLUSTER.node(1).drop("Early.java", TestBundle.serviceSource("Early", "early", "before"));
        CLUSTER.awaitAnswerOnAll("/early", "before");

        assertThat(CLUSTER.serai("node", "add")).contains("node4 is ready");

        NodeProcess added = CLUSTER.node(4);
        assertThat(added.get("/early").body()).contains("before");
        added.drop("Late.java", TestBundle.serviceSource("Late", "late", "after"));
        CLUSTER.awaitAnswerOnAll("/late", "after");

        assertThat(CLUSTER.serai("node", "remove", "node4")).contains("Removed node4");

        assertThat(added.folder()).doesNotExist();
        CLUSTER.awaitAnswerOnAll("/late", "after");
        for (NodeProcess node : CLUSTER.nodes()) {
            await(node.name() + " to forget").atMost(LIMIT).untilAsserted(() -> assertThat(ClusterProcess.status(node))
                    .containsOnlyKeys("node1", "node2", "node3"));
        }
    }

    @Test
    public void showsNodesToPeopleAndPrograms() {
        for (NodeProcess node : CLUSTER.nodes()) {
            await("the status that " + node.name() + " shows").atMost(LIMIT).untilAsserted(() -> {
                Map<String, JsonNode> status = ClusterProcess.status(node);
                assertThat(status).containsOnlyKeys("node1", "node2", "node3");
                assertThat(status.values())
                        .allSatisfy(
                                each -> assertThat(each.path("status").asText()).isEqualTo("JOINED"));
                assertThat(status.values())
                        .extracting(each -> each.path("head").asText())
                        .containsOnly(node.head().orElseThrow());
                assertThat(status.values())
                        .filteredOn(each -> each.path("leads").asBoolean())
                        .hasSize(1);
            });
        }
        assertThat(CLUSTER.serai("cluster", "status", "--json")).contains("\"status\" : \"JOINED\"");
        assertThat(CLUSTER.serai("cluster", "status")).contains("node1", "node2", "node3", "JOINED");
    }

    private static NodeProcess follower() {
        return CLUSTER.others(CLUSTER.leader()).get(0);
    }
}
