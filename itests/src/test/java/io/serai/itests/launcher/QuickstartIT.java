package io.serai.itests.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.serai.itests.node.CommandLine.Result;
import io.serai.itests.node.NodeProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.After;
import org.junit.Test;

/** A newcomer's first minutes. */
public class QuickstartIT {
    private final NodeProcess node = new NodeProcess();
    private final Path sample = node.deploy().resolve("Hello.java");

    @After
    public void stop() {
        node.stop();
    }

    @Test
    public void runsFromNothingToANewAnswer() throws IOException {
        Result first = node.serai("quickstart");
        assertThat(first.exitCode()).as(first.err() + node.log()).isZero();
        assertThat(first.out())
                .contains(
                        "{\"text\":\"Hello, Ann!\"}",
                        "http://localhost:" + node.httpPort() + "/hello",
                        "http://localhost:" + (node.httpPort() + 1) + "/hello",
                        node.deploy().toString(),
                        "service new");

        Files.writeString(sample, Files.readString(sample).replace("Hello, ", "Welcome, "));
        node.awaitAnswer("/hello?name=Ann", "Welcome, Ann!");
        assertThat(node.serai("cluster", "status").out())
                .contains("node1", "node2")
                .doesNotContain("UNREACHABLE");

        long begin = System.nanoTime();
        Result second = node.serai("quickstart");
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        assertThat(second.exitCode()).isZero();
        assertThat(second.out()).contains("already running", "Welcome, Ann!");
        assertThat(took).isLessThan(Duration.ofSeconds(1));
        assertThat(sample).content().contains("Welcome, ");
    }

    @Test
    public void givesTheSampleOnce() throws IOException {
        assertThat(node.serai("quickstart").exitCode()).isZero();
        Files.delete(sample);

        Result again = node.serai("quickstart");

        assertThat(again.exitCode()).isZero();
        assertThat(sample).doesNotExist();
    }

    @Test
    public void deploysAServiceOfOnesOwn() {
        node.start();

        assertThat(node.serai("service", "new", "orders.get", "--into", "deploy")
                        .exitCode())
                .isZero();

        node.awaitAnswer("/orders/get?name=Ann", "Hello, Ann!");
    }
}
