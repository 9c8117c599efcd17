package io.serai.itests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.serai.itests.node.CommandLine;
import io.serai.itests.node.NodeProcess;
import io.serai.itests.node.Site;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.rules.ExternalResource;

/**
 * A home with several nodes. As a rule of a class all are started before the first test and stopped after the last; what
 * is said of all nodes is said of those that run.
 */
final class ClusterProcess extends ExternalResource {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Pattern IN_REACH = Pattern.compile("The nodes in reach have changed: count=(\\d+)");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Site site = Site.make();
    private final List<NodeProcess> nodes;
    private final Map<String, String[]> options = new HashMap<>();

    ClusterProcess(int count) {
        this(Collections.nCopies(count, List.of()));
    }

    /** Makes nodes, each run by a command; an empty one for those that are run as usual. */
    ClusterProcess(List<List<String>> prefixes) {
        nodes = IntStream.range(0, prefixes.size())
                .mapToObj(i -> new NodeProcess(site.withPrefix(prefixes.get(i)), i + 1))
                .toList();
    }

    /** Has a node started with options when all are. */
    ClusterProcess with(int number, String... more) {
        options.put(node(number).name(), more);
        return this;
    }

    @Override
    protected void before() {
        nodes.forEach(node -> node.start(Map.of(), options.getOrDefault(node.name(), new String[0])));
    }

    @Override
    protected void after() {
        running().forEach(NodeProcess::kill); // stopping them would take seconds, and is tested elsewhere
    }

    /** Runs the launcher against this home; it succeeds. */
    String serai(String... arguments) {
        CommandLine.Result result = nodes.get(0).serai(arguments);
        assertThat(result.exitCode())
                .as("%s: %s%s", List.of(arguments), result.out(), result.err())
                .isZero();
        return result.out();
    }

    /** Returns a node by its number, from 1. */
    NodeProcess node(int number) {
        return number <= nodes.size() ? nodes.get(number - 1) : new NodeProcess(site, number);
    }

    List<NodeProcess> nodes() {
        return nodes;
    }

    /** Returns where the nodes are. */
    Site site() {
        return site;
    }

    List<NodeProcess> running() {
        return nodes.stream().filter(NodeProcess::isRunning).toList();
    }

    /** Returns the nodes other than one. */
    List<NodeProcess> others(NodeProcess node) {
        return nodes.stream().filter(each -> each != node).toList();
    }

    /** Returns the node that leads, as a running one says. */
    NodeProcess leader() {
        return await("a node that leads")
                .atMost(LIMIT)
                .until(
                        () -> {
                            Map<String, JsonNode> status = status(running().get(0));
                            return nodes.stream()
                                    .filter(node -> leads(status.get(node.name())))
                                    .findFirst();
                        },
                        Optional::isPresent)
                .orElseThrow();
    }

    private static boolean leads(@Nullable JsonNode status) {
        return status != null && status.path("leads").asBoolean();
    }

    /** Returns what a node says of each by name. */
    static Map<String, JsonNode> status(NodeProcess of) {
        Map<String, JsonNode> status = new TreeMap<>();
        of.json("cluster:status --json")
                .path("nodes")
                .forEach(node -> status.put(node.path("name").asText(), node));
        return status;
    }

    /** Returns the status of a node as another one sees it. */
    static String statusOf(NodeProcess node, NodeProcess seenBy) {
        JsonNode status = status(seenBy).get(node.name());
        return status == null ? "unknown" : status.path("status").asText();
    }

    /** Waits until a node hears from so many, itself included. */
    static void awaitInReach(NodeProcess node, int count, Duration limit) {
        await(node.name() + " to hear from " + count)
                .pollDelay(Duration.ZERO) // little of the limit may be left
                .atMost(limit)
                .until(() -> inReach(node) == count);
    }

    /** Returns from how many a node hears, itself included, as its log says. */
    static int inReach(NodeProcess node) {
        Matcher view = IN_REACH.matcher(node.log());
        int count = 0;
        while (view.find()) {
            count = Integer.parseInt(view.group(1));
        }
        return count;
    }

    /** Waits until a service answers with a text on all nodes. */
    void awaitAnswerOnAll(String path, String text) {
        running().forEach(node -> node.awaitAnswer(path, text));
    }

    /** Waits until a service is gone from all nodes. */
    void awaitGoneFromAll(String path) {
        for (NodeProcess node : running()) {
            await(path + " to be gone from " + node.name())
                    .atMost(LIMIT)
                    .until(() -> node.get(path).statusCode() == 404);
        }
    }

    /** Waits until all nodes have one head, the same verdicts on all files, and the same services. */
    void awaitEqual() {
        awaitEqual(running());
    }

    static void awaitEqual(Collection<NodeProcess> nodes) {
        awaitEqualHeads(nodes);
        awaitOne(nodes, "verdicts", ClusterProcess::verdicts);
        awaitOne(nodes, "paths", ClusterProcess::paths);
        awaitEqualHeads(nodes);
    }

    static void awaitEqualHeads(Collection<NodeProcess> nodes) {
        awaitOne(nodes, "heads", NodeProcess::head);
    }

    private static void awaitOne(Collection<NodeProcess> nodes, String what, Function<NodeProcess, ?> property) {
        await("equal " + what).atMost(LIMIT).untilAsserted(() -> {
            Map<String, Object> found = new LinkedHashMap<>();
            nodes.forEach(node -> found.put(node.name(), property.apply(node)));
            assertThat(found.values().stream().distinct())
                    .as("%s: %s", what, found)
                    .hasSize(1);
        });
    }

    /** Waits until no node has written a commit for a while. */
    void awaitQuiet() {
        Map<String, Optional<String>> heads = new HashMap<>();
        await("heads to stay as they are")
                .during(Duration.ofSeconds(3))
                .atMost(LIMIT)
                .until(() -> running().stream()
                        .filter(node -> !node.head().equals(heads.put(node.name(), node.head())))
                        .toList()
                        .isEmpty());
    }

    /** Returns the state, and what serves, of each file that a node has settled. */
    private static Map<String, String> verdicts(NodeProcess node) {
        Path folder = node.folder().resolve("verdicts");
        Map<String, String> verdicts = new TreeMap<>();
        if (!Files.exists(folder)) {
            return verdicts; // nothing has been deployed yet
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                JsonNode verdict = JSON.readTree(file.toFile());
                verdicts.put(
                        folder.relativize(file).toString(),
                        verdict.path("state").asText() + " "
                                + verdict.path("wanted").asText() + " "
                                + verdict.path("serving").asText());
            }
        } catch (IOException e) {
            return Map.of(node.name(), "changes: " + e); // between two that are taken as a whole
        }
        return verdicts;
    }

    private static List<String> paths(NodeProcess node) {
        HttpResponse<String> response = node.get("/openapi.json");
        List<String> paths = new ArrayList<>();
        try {
            JSON.readTree(response.body()).path("paths").fieldNames().forEachRemaining(paths::add);
        } catch (IOException e) {
            throw new AssertionError(response.body(), e);
        }
        Collections.sort(paths);
        return paths;
    }
}
