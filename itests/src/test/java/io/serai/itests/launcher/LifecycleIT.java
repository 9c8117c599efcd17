package io.serai.itests.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.serai.itests.node.CommandLine.Result;
import io.serai.itests.node.NodeProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.After;
import org.junit.Test;

/** Starting, stopping, and what is left when neither was orderly. */
public class LifecycleIT {
    private final NodeProcess node = new NodeProcess();

    @After
    public void stop() {
        node.stop();
    }

    @Test
    public void startsStopsAndSaysSo() throws IOException {
        node.start();

        Result status = node.serai("status", "--json");
        assertThat(status.exitCode()).isZero();
        JsonNode json = new ObjectMapper().readTree(status.out());
        assertThat(json.path("state").asText()).isEqualTo("ready");
        assertThat(json.path("pid").asLong()).isEqualTo(node.pid());
        assertThat(json.path("http").asText()).isEqualTo("http://localhost:" + node.httpPort());
        assertThat(Files.readString(node.folder().resolve("log/console.log"))).isEmpty();
        long first = node.pid();

        Result again = node.serai("start");
        assertThat(again.exitCode()).isZero();
        assertThat(again.out()).contains("already running");
        assertThat(node.pid()).isEqualTo(first);

        assertThat(node.serai("restart").exitCode()).isZero();
        assertThat(node.pid()).isNotEqualTo(first);
        assertThat(ProcessHandle.of(first)).isEmpty();

        node.stop();
        assertThat(node.serai("status").exitCode()).isEqualTo(3);
    }

    @Test
    public void startsAfterItWasKilled() {
        node.start();
        node.kill();
        assertThat(node.serai("status").exitCode()).isEqualTo(3);

        node.start();

        assertThat(node.serai("status").exitCode()).isZero();
    }

    @Test
    public void takesNoOtherProcessForItself() throws IOException {
        Path run = Files.createDirectories(node.folder().resolve("run"));
        // the number of a crashed node that another process has got since
        long recycled = ProcessHandle.current().pid();
        Files.writeString(run.resolve("pid"), recycled + " 1 " + node.basePort() + " 1\n");

        assertThat(node.serai("status").exitCode()).isEqualTo(3);
        assertThat(node.serai("stop").exitCode()).isZero();
        node.start();

        assertThat(node.pid()).isNotEqualTo(recycled);
    }

    @Test
    public void twoStartsAtATimeStartOneNode() {
        List<Result> results = Stream.of("start", "start")
                .map(command -> CompletableFuture.supplyAsync(() -> node.serai(command)))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();

        assertThat(results)
                .allSatisfy(
                        result -> assertThat(result.exitCode()).as(result.err()).isZero());
        assertThat(results).extracting(Result::out).anySatisfy(out -> assertThat(out)
                .contains("already"));
        assertThat(node.serai("status").exitCode()).isZero();
    }

    @Test
    public void saysWhichPortIsTaken() throws IOException {
        try (ServerSocket socket = new ServerSocket(node.httpPort(), 1, InetAddress.getLoopbackAddress())) {
            Result result = node.serai("start");

            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.err()).contains("Port " + socket.getLocalPort() + " is used by", "Hint: ", "--base-port");
        }
        assertThat(node.serai("status").exitCode()).isEqualTo(3);
    }

    @Test
    public void saysWhyItCannotStartAndLeavesNothingBehind() throws IOException {
        node.start();
        node.stop();
        Path config = node.folder().resolve("etc/config.properties");
        Files.writeString(config, Files.readString(config).replace("felix.framework/7", "felix.framework/6"));

        Result result = node.serai("start");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("ended while it started", "org.apache.felix.framework");
        assertThat(node.serai("status").exitCode()).isEqualTo(3);
        Files.writeString(config, Files.readString(config).replace("felix.framework/6", "felix.framework/7"));
    }

    @Test
    public void keepsChangedConfigurationWhenTheDistributionChanges() throws IOException {
        node.start();
        node.stop();
        Path logging = node.folder().resolve("etc/org.ops4j.pax.logging.cfg");
        Files.writeString(logging, Files.readString(logging) + "# mine\n");
        Path startup = node.folder().resolve("etc/startup.properties");
        String shipped = Files.readString(startup);
        Files.writeString(startup, "# of an older version\n");
        Files.writeString(node.folder().resolve("run/build"), "older\n");

        Result result = node.serai("start");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).contains("Kept changed configuration: org.ops4j.pax.logging.cfg");
        assertThat(logging).content().endsWith("# mine\n");
        assertThat(startup).hasContent(shipped);
    }
}
