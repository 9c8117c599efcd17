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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What is for some nodes of a cluster only, and what each can tell of all. */
public class GroupsIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @ClassRule
    public static final ClusterProcess CLUSTER =
            new ClusterProcess(3).with(2, "--groups", "edge,fast").with(3, "--groups", "first");

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final NodeProcess plain = CLUSTER.node(1);
    private final NodeProcess edge = CLUSTER.node(2);
    private final NodeProcess moving = CLUSTER.node(3);

    @Test
    public void runsOnNodesOfAGroupOnlyWhatIsPutThere() throws IOException {
        put(Map.of("groups/edge/deploy/Scan.java", TestBundle.serviceSource("Scan", "scan", "scans")));

        edge.awaitAnswer("/scan", "scans");
        ClusterProcess.awaitEqualHeads(CLUSTER.running());
        assertThat(plain.get("/scan").statusCode()).isEqualTo(404);
        assertThat(plain.shell("deploy:list").out()).doesNotContain("Scan.java");
    }

    @Test
    public void laysNodeOverGroupOverRoot() throws IOException {
        put(Map.of(
                "deploy/Layer.java", TestBundle.serviceSource("Layer", "layer", "root"),
                "groups/edge/deploy/Layer.java", TestBundle.serviceSource("Layer", "layer", "edge"),
                "groups/fast/deploy/Layer.java", TestBundle.serviceSource("Layer", "layer", "fast"),
                "nodes/node2/deploy/Layer.java", TestBundle.serviceSource("Layer", "layer", "own")));
        plain.awaitAnswer("/layer", "root");
        edge.awaitAnswer("/layer", "own");

        succeed(plain, "state:remove nodes/node2/deploy/Layer.java");
        edge.awaitAnswer("/layer", "fast");
        succeed(plain, "state:remove groups/fast/deploy/Layer.java");
        edge.awaitAnswer("/layer", "edge");

        plain.awaitAnswer("/layer", "root");
    }

    @Test
    public void configuresOneNodeOtherwiseThanItsGroupAndTheRest() throws IOException {
        put(Map.of(
                "nodes/node2/config/acme.layers.cfg", "greeting = of node2\n",
                "config/acme.layers.cfg", "greeting = of all\n",
                "groups/edge/config/acme.layers.cfg", "greeting = of edge\n"));

        awaitGreeting(plain, "of all");
        awaitGreeting(edge, "of node2");

        succeed(edge, "state:remove nodes/node2/config/acme.layers.cfg");
        awaitGreeting(edge, "of edge");
    }

    @Test
    public void runsSomethingElseWhenItsGroupsChangeAndKeepsThem() throws IOException {
        put(Map.of(
                "groups/first/deploy/One.java", TestBundle.serviceSource("One", "one", "first"),
                "groups/second/deploy/Two.java", TestBundle.serviceSource("Two", "two", "second")));
        moving.awaitAnswer("/one", "first");
        assertThat(moving.serai("start", "node3", "--groups", "second").err())
                .contains("node3 runs already, with the groups 'first'", "restart node3 --groups");

        CLUSTER.serai("restart", "node3", "--groups", "second,third");

        moving.awaitAnswer("/two", "second");
        assertThat(moving.get("/one").statusCode()).isEqualTo(404);
        assertThat(plain.get("/two").statusCode()).isEqualTo(404);
        moving.kill();
        JsonNode services = plain.json("service:list --nodes --json");
        assertThat(services.path("answered")).extracting(JsonNode::asText).containsExactly("node1", "node2");
        assertThat(services.path("silent")).extracting(JsonNode::asText).containsExactly("node3");
        moving.start();

        moving.awaitAnswer("/two", "second");
        awaitGroups(edge, "node3", "second", "third");
        assertThat(CLUSTER.serai("cluster", "status")).contains("edge, fast", "second, third");
    }

    @Test
    public void addsUpCallsOnAllNodes() throws IOException {
        put(Map.of(
                "deploy/Everywhere.java", TestBundle.serviceSource("Everywhere", "everywhere", "here"),
                "groups/edge/deploy/Somewhere.java", TestBundle.serviceSource("Somewhere", "somewhere", "there")));
        CLUSTER.awaitAnswerOnAll("/everywhere", "here");
        edge.awaitAnswer("/somewhere", "there");

        for (NodeProcess node : CLUSTER.nodes()) {
            JsonNode all = node.json("service:list --nodes --json");
            JsonNode everywhere = service(all, "everywhere");
            assertThat(everywhere.at("/statistics/calls").asInt()).isGreaterThanOrEqualTo(3);
            assertThat(everywhere.at("/statistics/p95Millis").asDouble()).isPositive();
            assertThat(names(everywhere)).containsExactly("node1", "node2", "node3");
            assertThat(names(service(all, "somewhere"))).containsExactly("node2");
        }
        assertThat(plain.shell("service:list --nodes; service:info somewhere --nodes")
                        .out())
                .containsPattern("everywhere .*all")
                .containsPattern("somewhere .*node2")
                .containsPattern("node2 .*deploy/Somewhere.java");
    }

    @Test
    public void listsCertificatesOfAllNodesOnEach() {
        succeed(edge, "cluster:certificate-rotate");

        ClusterProcess.awaitEqualHeads(CLUSTER.running());
        for (NodeProcess node : CLUSTER.nodes()) {
            JsonNode certificates = node.json("cluster:certificate-list --json");
            assertThat(certificates)
                    .extracting(each -> each.path("node").asText() + " " + each.path("inUse"))
                    .containsExactly("null true", "node1 true", "node2 true", "node2 false", "node3 true");
            assertThat(certificates).allSatisfy(each -> {
                assertThat(each.path("fingerprint").asText()).hasSize(64);
                assertThat(each.path("until").asText()).matches("20..-.*Z");
            });
        }
        assertThat(plain.shell("cluster:certificate-list").out()).contains("(authority)", "(in 364 days)", "accepted");
    }

    /** Puts files into the state, by one shell: each takes a while. */
    private void put(Map<String, String> files) throws IOException {
        List<String> commands = new ArrayList<>();
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path content = Files.writeString(folder.newFile().toPath(), file.getValue());
            commands.add("state:put " + file.getKey() + " '" + content + "'");
        }
        succeed(plain, String.join("; ", commands));
    }

    private static void succeed(NodeProcess node, String command) {
        Result result = node.shell(command);
        assertThat(result.exitCode())
                .as("%s: %s%s", command, result.out(), result.err())
                .isZero();
    }

    private static void awaitGreeting(NodeProcess node, String greeting) {
        await("the configuration of " + node.name()).atMost(LIMIT).untilAsserted(() -> assertThat(
                        node.shell("config:property-list --pid acme.layers").out())
                .contains(greeting));
    }

    private static void awaitGroups(NodeProcess by, String node, String... groups) {
        await("the groups of " + node + " to be heard of").atMost(LIMIT).untilAsserted(() -> {
            Map<String, JsonNode> status = ClusterProcess.status(by);
            assertThat(status).containsKey(node);
            assertThat(Objects.requireNonNull(status.get(node)).path("groups"))
                    .extracting(JsonNode::asText)
                    .isEqualTo(List.of(groups));
        });
    }

    /** Returns the names of the nodes that have a service. */
    private static List<String> names(JsonNode service) {
        List<String> names = new ArrayList<>();
        service.path("nodes").forEach(node -> names.add(node.path("node").asText()));
        return names;
    }

    private static JsonNode service(JsonNode all, String name) {
        for (JsonNode each : all.path("services")) {
            if (each.path("name").asText().equals(name)) {
                return each;
            }
        }
        throw new AssertionError("There is no " + name + " in " + all);
    }
}
