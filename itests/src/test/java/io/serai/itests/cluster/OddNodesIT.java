package io.serai.itests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.serai.itests.deploy.TestBundle;
import io.serai.itests.node.NodeProcess;
import io.serai.itests.node.SmallDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.After;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.RuleChain;

/** A cluster with a node whose clock is an hour slow, and one whose disk fills up and is protected. */
public class OddNodesIT {
    private static final ClusterProcess CLUSTER = new ClusterProcess(List.of(List.of(), slowClock(), List.of()));
    private static final SmallDisk DISK = new SmallDisk(CLUSTER.node(3), "8m");

    private final NodeProcess right = CLUSTER.node(1);
    private final NodeProcess slow = CLUSTER.node(2);
    private final NodeProcess cramped = CLUSTER.node(3);

    @ClassRule
    public static final RuleChain RULES = RuleChain.outerRule(DISK).around(CLUSTER);

    @After
    public void endEqualAndQuiet() {
        CLUSTER.awaitEqual();
        CLUSTER.awaitQuiet();
    }

    @Test
    public void lastChangeStandsWhateverTheClocksSay() throws IOException {
        for (int round = 0; round < 3; round++) {
            drop(right, "Timely", "right " + round);
            CLUSTER.awaitAnswerOnAll("/timely", "right " + round);
            drop(slow, "Timely", "slow " + round);
            CLUSTER.awaitAnswerOnAll("/timely", "slow " + round);
        }
        slow.remove("Timely.java");
        CLUSTER.awaitGoneFromAll("/timely");
        drop(right, "Timely", "again");
        CLUSTER.awaitAnswerOnAll("/timely", "again");
    }

    @Test
    public void nodeWithFullDiskServesOnAndCatchesUpWhenThereIsRoom() throws IOException {
        assertServesOnAndCatchesUp("Roomy", DISK::fillUp, "space", DISK::free);
    }

    @Test
    public void nodeWithReadOnlyDiskServesOnAndCatchesUpWhenItMayWrite() throws IOException {
        assertServesOnAndCatchesUp("Sealed", DISK::protect, "read-only", DISK::unprotect);
    }

    /** What is done to the disk. */
    private interface Treatment {
        void apply() throws IOException;
    }

    private void assertServesOnAndCatchesUp(String type, Treatment harm, String complaint, Treatment cure)
            throws IOException {
        String path = "/" + type.toLowerCase(Locale.ROOT);
        drop(right, type, "one");
        CLUSTER.awaitAnswerOnAll(path, "one");
        harm.apply();
        drop(slow, type, "two");
        right.awaitAnswer(path, "two");
        slow.awaitAnswer(path, "two");
        JsonNode refused = cramped.deploy("Own" + type + ".java", source("Own" + type, "mine"));
        assertThat(refused.path("state").asText()).as("%s", refused).isEqualTo("FAILED");
        assertThat(refused.path("message").asText()).containsIgnoringCase(complaint);
        assertThat(cramped.get(path).body()).contains("one");

        cure.apply();

        CLUSTER.awaitAnswerOnAll(path, "two");
        CLUSTER.awaitAnswerOnAll("/own" + type.toLowerCase(Locale.ROOT), "mine");
    }

    /** Returns what has a program see an hour less; of package libfaketime. */
    private static List<String> slowClock() {
        try (Stream<Path> files = Files.find(
                Path.of("/usr/lib"), 3, (file, attributes) -> file.endsWith("faketime/libfaketimeMT.so.1"))) {
            Path library = files.findFirst().orElseThrow(() -> new AssertionError("libfaketime is not installed"));
            return List.of(
                    "env",
                    "LD_PRELOAD=" + library,
                    "FAKETIME=-1h",
                    // Java waits by the clock that never jumps, which must stay right
                    "FAKETIME_DONT_FAKE_MONOTONIC=1",
                    "FAKETIME_FORCE_MONOTONIC_FIX=0");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void drop(NodeProcess node, String type, String text) {
        node.drop(type + ".java", source(type, text));
    }

    private static String source(String type, String text) {
        return TestBundle.serviceSource(type, type.toLowerCase(Locale.ROOT), text);
    }
}
