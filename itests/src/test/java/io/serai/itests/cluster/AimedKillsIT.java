package io.serai.itests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.serai.itests.deploy.TestBundle;
import io.serai.itests.node.NodeProcess;
import io.serai.itests.node.Scratch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import org.junit.After;
import org.junit.ClassRule;
import org.junit.Test;

/** Nodes that are killed at one moment each, which their files tell: all end alike. */
public class AimedKillsIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    // takes long enough to be hit
    private static final int LARGE_BYTES = 50_000_000;

    // outlives each test, because what was deployed is started again later
    private static final Path FOLDER = Scratch.folder("begun");

    @ClassRule
    public static final ClusterProcess CLUSTER = new ClusterProcess(3);

    @After
    public void endEqualAndQuiet() {
        CLUSTER.nodes().stream().filter(node -> !node.isRunning()).forEach(NodeProcess::start);
        CLUSTER.awaitEqual();
        CLUSTER.awaitQuiet();
    }

    private static byte[] large(String type) {
        byte[] noise = new byte[LARGE_BYTES];
        new Random(type.hashCode()).nextBytes(noise);
        return TestBundle.bundle(type.toLowerCase(Locale.ROOT), "1.0.0")
                .service(type, type.toLowerCase(Locale.ROOT), "whole")
                .resource("noise.bin", noise)
                .jar();
    }

    private static void awaitMoment(String what, Callable<Boolean> condition) {
        await(what)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .atMost(LIMIT)
                .until(condition);
    }

    private static boolean has(Path directory, String prefix) {
        String[] names = directory.toFile().list((parent, name) -> name.startsWith(prefix));
        return names != null && names.length > 0;
    }

    private static boolean isReceiving(NodeProcess node) {
        return has(node.folder().resolve("state.git/incoming"), "");
    }

    @Test
    public void takesTheFileAgainWhoseCommitWasBeingWritten() {
        NodeProcess node = CLUSTER.leader();
        Optional<String> before = node.head();

        node.drop("written.jar", large("Written"));
        awaitMoment("its pack to be written", () -> has(node.folder().resolve("state.git/objects"), "insert_"));
        node.kill();

        assertThat(node.head()).as("not yet committed").isEqualTo(before);
        NodeProcess other = CLUSTER.others(node).get(0);
        other.deploy("Meanwhile.java", TestBundle.serviceSource("Meanwhile", "meanwhile", "time"));
        node.start();
        CLUSTER.awaitAnswerOnAll("/written", "whole");
        CLUSTER.awaitAnswerOnAll("/meanwhile", "time");
        assertThat(has(node.folder().resolve("state.git/objects"), "insert_"))
                .as("left over")
                .isFalse();
    }

    @Test
    public void finishesTransferWhoseSourceWasKilledHalfWay() {
        NodeProcess source = CLUSTER.others(CLUSTER.leader()).get(1);

        source.drop("sent.jar", large("Sent"));
        awaitMoment("the transfer", () -> CLUSTER.others(source).stream().anyMatch(AimedKillsIT::isReceiving));
        source.kill();

        CLUSTER.others(source).get(0).deploy("Mean.java", TestBundle.serviceSource("Mean", "mean", "time"));
        source.start();
        CLUSTER.awaitAnswerOnAll("/sent", "whole");
        CLUSTER.awaitAnswerOnAll("/mean", "time");
    }

    @Test
    public void goesOnWithTransferToNodeThatWasKilledHalfWay() {
        NodeProcess leader = CLUSTER.leader();
        NodeProcess receiver = CLUSTER.others(leader).get(0);
        NodeProcess other = CLUSTER.others(leader).get(1);
        Optional<String> before = receiver.head();

        leader.drop("received.jar", large("Received"));
        awaitMoment("the transfer", () -> isReceiving(receiver));
        receiver.kill();

        assertThat(receiver.head()).as("not yet taken over").isEqualTo(before);
        leader.awaitAnswer("/received", "whole");
        other.awaitAnswer("/received", "whole");
        receiver.start();
        CLUSTER.awaitAnswerOnAll("/received", "whole");
    }

    @Test
    public void appliesAgainWhatWasBeingAppliedOnAnyNode() {
        NodeProcess leader = CLUSTER.leader();
        for (NodeProcess victim : List.of(leader, CLUSTER.others(leader).get(0))) {
            String type = "Applied" + victim.name();
            Path begun = FOLDER.resolve(type);
            Optional<String> before = victim.head();

            victim.drop(type + ".java", stuckOn(victim, type, begun));
            awaitMoment("it to be applied", () -> Files.exists(begun));
            victim.kill();

            assertThat(victim.head()).as("committed").isNotEqualTo(before);
            victim.start();
            CLUSTER.awaitAnswerOnAll("/" + type, "started");
        }
    }

    /** Returns a service whose first start on one node makes a file and does not end. */
    private static String stuckOn(NodeProcess node, String type, Path begun) {
        String constructor = "public " + type + "() throws java.io.IOException { if (\"" + node.name()
                + "\".equals(System.getProperty(\"serai.node\")) && new java.io.File(\"" + begun
                + "\").createNewFile()) while (true) java.util.concurrent.locks.LockSupport.parkNanos(10_000_000); } ";
        return TestBundle.serviceSource(type, type, "started")
                .replace("public record Query", constructor + "public record Query");
    }
}
