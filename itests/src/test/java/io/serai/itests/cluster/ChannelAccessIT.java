package io.serai.itests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.serai.itests.deploy.TestBundle;
import io.serai.itests.node.CommandLine;
import io.serai.itests.node.CommandLine.Result;
import io.serai.itests.node.NodeProcess;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Who may call a channel, and how often, on two nodes alike. */
public class ChannelAccessIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Pattern LEFT = Pattern.compile("\"[a-z]+\";r=(\\d+);t=\\d+");
    private static final String OBJECTS =
            """
            kind: rate-limit
            name: hourly
            spec: {requests: 100, per: hour}
            ---
            kind: rate-limit
            name: daily
            spec: {quota: 50, quotaPer: day}
            ---
            kind: rest-channel
            name: rated
            spec:
              path: /rated
              methods: [GET]
              service: hello
              security: {groups: [partners]}
              limits: [hourly]
            ---
            kind: rest-channel
            name: counted
            spec:
              path: /counted
              methods: [GET]
              service: hello
              security: {groups: [partners]}
              limits: [daily]
            """;

    @ClassRule
    public static final ClusterProcess CLUSTER = new ClusterProcess(2);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final NodeProcess one = CLUSTER.node(1);
    private final NodeProcess two = CLUSTER.node(2);
    private String key = "";

    @Test
    public void credentialsAndLimitsAreOfTheCluster() throws IOException {
        one.drop("Hello.java", TestBundle.serviceSource("Hello", "hello", "hello"));
        CLUSTER.awaitAnswerOnAll("/hello", "hello");
        ends(0, typing(NodeProcess.ADMIN_PASSWORD, "login", "--user", "admin", "--password-stdin"));
        key = ends(0, serai("credential", "create", "acme", "--group", "partners", "-o", "jsonpath={.key}"))
                .out()
                .strip();
        Path file = Files.writeString(folder.getRoot().toPath().resolve("objects.yaml"), OBJECTS);
        ends(0, serai("apply", "-f", file.toString()));
        assertThat(ends(4, serai("delete", "rate-limit", "daily")).err()).contains("rest-channel/counted");
        assertThat(serai("export").out()).doesNotContain("secretHash", key);
        for (NodeProcess node : CLUSTER.running()) {
            await(node.name()).atMost(LIMIT).until(() -> node.get("/rated").statusCode() == 401);
            await(node.name()).atMost(LIMIT).until(() -> call(node, "/counted").statusCode() == 200);
        }

        countsARateOnce();
        goesOnCountingAQuota();
    }

    private void countsARateOnce() {
        int passed = passing(one, "/rated", 60);
        assertThat(passed).isEqualTo(60);
        await("node2 to hear").atMost(LIMIT).until(() -> left(two, "/rated") < 45);

        int all = 100 - (int) left(two, "/rated") + passing(two, "/rated", 100);

        assertThat(all).isBetween(100, 102); // and what an hour gives back in these seconds
        await("node1 to hear").atMost(LIMIT).until(() -> call(one, "/rated").statusCode() == 429);
    }

    private void goesOnCountingAQuota() {
        passing(one, "/counted", 20);
        await("node2 to hear").atMost(LIMIT).until(() -> left(two, "/counted") < 30);
        one.kill();
        one.start();
        one.awaitAnswer("/hello", "hello");

        await("node1 to know what it has counted").atMost(LIMIT).until(() -> {
            long left = left(one, "/counted");
            return left >= 0 && left < 29;
        });
        passing(two, "/counted", 50);

        assertThat(call(two, "/counted").statusCode()).isEqualTo(429);
        await("node1 to hear").atMost(LIMIT).until(() -> call(one, "/counted").statusCode() == 429);

        CLUSTER.nodes().forEach(NodeProcess::kill);
        CLUSTER.nodes().forEach(NodeProcess::start);
        for (NodeProcess node : CLUSTER.nodes()) {
            node.awaitAnswer("/hello", "hello");
            AtomicInteger passed = new AtomicInteger();
            await(node.name()).atMost(LIMIT).until(() -> {
                int status = call(node, "/counted").statusCode();
                passed.addAndGet(status == 200 ? 1 : 0);
                return status == 429;
            });
            // until it has heard what the other one had counted; all 50 if it had been forgotten
            assertThat(passed.get()).as(node.name()).isLessThan(25);
        }
    }

    private int passing(NodeProcess node, String path, int times) {
        int passed = 0;
        for (int i = 0; i < times; i++) {
            passed += call(node, path).statusCode() == 200 ? 1 : 0;
        }
        return passed;
    }

    /** Returns how many may still pass after one more; -1 if that is not said. */
    private long left(NodeProcess node, String path) {
        Matcher left =
                LEFT.matcher(call(node, path).headers().firstValue("RateLimit").orElse(""));
        return left.matches() ? Long.parseLong(left.group(1)) : -1;
    }

    private HttpResponse<String> call(NodeProcess node, String path) {
        return node.send(HttpRequest.newBuilder(node.uri(path))
                .header("X-API-Key", key)
                .timeout(LIMIT)
                .build());
    }

    private static Result ends(int code, Result result) {
        assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(code);
        return result;
    }

    private Result serai(String... words) {
        return one.serai(environment(), words);
    }

    private Result typing(String input, String... words) throws IOException {
        Map<String, String> environment = new TreeMap<>(environment());
        environment.put("TYPED", input);
        List<String> command = new ArrayList<>(
                List.of("sh", "-c", "printf '%s\\n' \"$TYPED\" | \"$@\"", "sh", one.launcher(), "--home"));
        command.add(one.home().toString());
        command.addAll(List.of(words));
        return CommandLine.run(command, environment);
    }

    private Map<String, String> environment() {
        return Map.of(
                "XDG_CONFIG_HOME", folder.getRoot().toPath().resolve("config").toString(),
                "XDG_CACHE_HOME", folder.getRoot().toPath().resolve("cache").toString());
    }
}
