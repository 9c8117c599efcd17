package io.serai.itests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.serai.itests.deploy.TestBundle;
import io.serai.itests.node.CommandLine;
import io.serai.itests.node.CommandLine.Result;
import io.serai.itests.node.Distribution;
import io.serai.itests.node.NodeProcess;
import io.serai.itests.node.Scratch;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.After;
import org.junit.ClassRule;
import org.junit.Test;

/** Who has no business on the ports of a cluster, or not any more. */
public class IntruderIT {
    private static final String IDENTITY = "io.serai.identity.cfg";
    private static final int CROWD = 40;
    private static final int FAREWELL = 16; // JGroups says that it will hang up
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final byte[] HTTP = "GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    @ClassRule
    public static final ClusterProcess CLUSTER = new ClusterProcess(2);

    /** A cluster of its own. */
    @ClassRule
    public static final NodeProcess OTHER = new NodeProcess();

    @After
    public void goesOn() {
        String type = "After" + System.nanoTime();
        CLUSTER.node(2).drop(type + ".java", TestBundle.serviceSource(type, type, "unharmed"));
        CLUSTER.awaitAnswerOnAll("/" + type, "unharmed");
        CLUSTER.awaitEqual();
        assertThat(ClusterProcess.status(CLUSTER.node(1))).containsOnlyKeys("node1", "node2");
    }

    @Test
    public void hangsUpOnStrangers() throws IOException {
        byte[] noise = new byte[100_000];
        new Random(1).nextBytes(noise);
        Stranger foreign = Stranger.with(OTHER.folder().resolve("identity"));
        Map<String, Stranger> strangers = Map.of(
                "plain", Stranger.plain(),
                "nameless", Stranger.nameless(),
                "of another cluster", foreign);
        for (NodeProcess node : CLUSTER.nodes()) {
            for (Map.Entry<String, Stranger> stranger : strangers.entrySet()) {
                for (byte[] words : List.of(noise, HTTP)) {
                    assertThat(stranger.getValue().say(node.clusterPort(), words))
                            .as("%s to %s", stranger.getKey(), node.name())
                            .isEmpty();
                }
            }
            assertThat(Stranger.plain().say(node.adminPort(), noise)).isEmpty();
            assertThat(Stranger.plain().say(node.adminPort(), HTTP)).isEmpty();
            // one line a second, so that they cannot fill the log
            awaitAudit(node, "Refused a connection to the cluster port", () -> Stranger.plain()
                    .say(node.clusterPort(), HTTP));
            awaitAudit(node, "Refused a certificate: reason=", () -> foreign.say(node.clusterPort(), HTTP));
        }
    }

    private static void awaitAudit(NodeProcess node, String line, Attempt attempt) {
        await(line).atMost(LIMIT).pollInterval(Duration.ofMillis(300)).until(() -> {
            attempt.run();
            return node.log("audit.log").contains(line);
        });
    }

    /** Somebody tries to come in. */
    private interface Attempt {
        String run() throws IOException;
    }

    @Test
    public void administrationRefusesWhatIsTooLong() throws IOException {
        int port = CLUSTER.node(1).adminPort();
        String path = "/api/v1/cluster/join HTTP/1.1\r\nHost: a\r\nConnection: close\r\n";
        String body = "x".repeat(1_000_000);

        String longHeader =
                Stranger.nameless().say(port, bytes("GET " + path + "Long: " + "x".repeat(100_000) + "\r\n\r\n"));
        String longBody = Stranger.nameless()
                .say(port, bytes("POST " + path + "Content-Length: " + body.length() + "\r\n\r\n" + body));
        String wrong = Stranger.nameless().say(port, bytes("POST " + path + "Content-Length: 2\r\n\r\n{}"));

        assertThat(longHeader)
                .satisfiesAnyOf(s -> assertThat(s).isEmpty(), s -> assertThat(s).contains(" 431 "));
        assertThat(longBody)
                .satisfiesAnyOf(s -> assertThat(s).isEmpty(), s -> assertThat(s).contains(" 413 "));
        assertThat(wrong).contains(" 400 ");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    public void letsMembersInWhileStrangersHoldOn() throws IOException {
        NodeProcess second = CLUSTER.node(2);
        second.stop();
        List<Socket> crowd = new ArrayList<>();
        try {
            for (int i = 0; i < CROWD; i++) {
                for (int port :
                        List.of(CLUSTER.node(1).clusterPort(), CLUSTER.node(1).adminPort())) {
                    Socket socket = Stranger.plain().connect(port);
                    crowd.add(socket);
                    if (i % 2 == 0) {
                        socket.getOutputStream().write(HTTP);
                    }
                }
            }
            second.start();
            second.drop("Crowd.java", TestBundle.serviceSource("Crowd", "crowd", "got in"));
            CLUSTER.awaitAnswerOnAll("/crowd", "got in");
        } finally {
            for (Socket socket : crowd) {
                socket.close();
            }
        }
    }

    /** A member runs code on all nodes anyway; but a broken one must not take memory or threads of others. */
    @Test
    public void survivesMemberThatTalksRubbish() throws IOException {
        NodeProcess node = CLUSTER.node(1);
        Stranger member = Stranger.with(CLUSTER.node(2).folder().resolve("identity"));
        byte[] greeting = ByteBuffer.allocate(15)
                .put(bytes("bela"))
                .putShort((short) (5 << 11 | 5 << 6 | 7)) // the version of JGroups
                .putShort((short) 7)
                .put(new byte[] {4, 127, 0, 0, 1})
                .putShort((short) 9)
                .array();
        byte[] noise = new byte[100_000];
        new Random(2).nextBytes(noise);
        for (int length : new int[] {Integer.MAX_VALUE, 2_000_000, -1, 50_000}) {
            ByteBuffer words = ByteBuffer.allocate(greeting.length + 4 + noise.length)
                    .put(greeting)
                    .putInt(length)
                    .put(noise);
            assertThat(member.say(node.clusterPort(), words.array())).hasSizeLessThan(FAREWELL);
        }
        assertThat(member.say(node.clusterPort(), noise)).hasSizeLessThan(FAREWELL);
        assertThat(node.log()).doesNotContain("OutOfMemoryError");
    }

    @Test
    public void replayedConnectionGetsNowhere() throws IOException {
        NodeProcess node = CLUSTER.node(1);
        Stranger member = Stranger.with(CLUSTER.node(2).folder().resolve("identity"));
        byte[] recorded;
        try (Relay relay = new Relay(node.clusterPort())) {
            member.say(relay.port(), HTTP);
            recorded = relay.recorded();
        }
        assertThat(recorded).as("a handshake and more").hasSizeGreaterThan(1_000);

        long before = refusals(node);
        await("the refusal to be audited, at most one a second is")
                .atMost(LIMIT)
                .until(() -> {
                    // the answer to the old hello is new, so what was recorded after it proves nothing
                    Stranger.plain().say(node.clusterPort(), recorded);
                    return refusals(node) > before;
                });
    }

    private static long refusals(NodeProcess node) {
        return node.log("audit.log")
                .lines()
                .filter(line -> line.contains("Refused a connection to the cluster port"))
                .count();
    }

    @Test
    public void letsNobodyInTwiceOrTooLateOrByMistake() throws IOException {
        String used = token(CLUSTER.node(1), "10m");
        NodeProcess third = CLUSTER.node(3);
        third.start(Map.of(), "--join", used);
        try {
            assertRefused(used, "used");
            String expired = token(CLUSTER.node(2), "1s");
            Instant end = Instant.now().plusSeconds(2);
            await("the token to expire").until(() -> Instant.now().isAfter(end));
            assertRefused(expired, "expired");
            assertThat(ClusterProcess.status(CLUSTER.node(1))).containsOnlyKeys("node1", "node2", "node3");
        } finally {
            CLUSTER.serai("node", "remove", "node3");
        }
        String audit = CLUSTER.node(1).log("audit.log") + CLUSTER.node(2).log("audit.log");
        assertThat(audit.lines().filter(line -> line.contains("The token is not good")))
                .as("once for each")
                .hasSize(2)
                .allMatch(line -> line.contains("Refused a node that wants to join"));
    }

    private static void assertRefused(String token, String reason) {
        NodeProcess node = CLUSTER.node(4);
        Result result = node.serai("start", node.name(), "--join", token);
        assertThat(result.exitCode()).as("%s%s", result.out(), result.err()).isEqualTo(1);
        assertThat(result.err()).contains("not let in", reason).doesNotContain(token);
        assertThat(node.isRunning()).isFalse();
        CommandLine.succeed("rm", "-rf", node.folder().toString());
    }

    private static String token(NodeProcess node, String validity) {
        return node.json("cluster:token-create --valid " + validity + " --json")
                .path("token")
                .asText();
    }

    /** The token of a cluster names its authority, so that a node cannot be led to another one. */
    @Test
    public void joinsNobodyElseThanTheTokenSays() throws IOException {
        String theirs = token(OTHER, "10m");
        byte[] bytes = Base64.getUrlDecoder().decode(theirs.substring("serai-join-".length()));
        ByteBuffer.wrap(bytes)
                .putShort(bytes.length - 2, (short) CLUSTER.node(1).adminPort());
        String forged = "serai-join-" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        NodeProcess node = CLUSTER.node(5);
        Path etc = Files.createDirectories(node.folder().resolve("etc"));
        String identity = Files.readString(Distribution.folder().resolve("etc").resolve(IDENTITY));
        Files.writeString(etc.resolve(IDENTITY), identity.replace("timeout.millis = 30000", "timeout.millis = 1000"));

        Result result = node.serai("start", node.name(), "--join", forged);

        assertThat(result.exitCode()).as("%s%s", result.out(), result.err()).isEqualTo(1);
        assertThat(result.err()).contains("Cannot join a cluster", "127.0.0.1:");
        assertThat(node.isRunning()).isFalse();
        CommandLine.succeed("rm", "-rf", node.folder().toString());
    }

    @Test
    public void refusesNodeThatWasRemoved() throws IOException {
        CLUSTER.serai("node", "add");
        NodeProcess removed = CLUSTER.node(3);
        removed.stop();
        Path copy = Scratch.folder("removed").resolve("node3");
        CommandLine.succeed("cp", "-a", removed.folder().toString(), copy.toString());
        CLUSTER.serai("node", "remove", "node3");
        for (NodeProcess node : CLUSTER.nodes()) {
            await(node.name() + " to forget it").atMost(LIMIT).until(() -> Stranger.with(copy.resolve("identity"))
                    .say(node.clusterPort(), HTTP)
                    .isEmpty());
            awaitAudit(node, "reason=REVOKED", () -> Stranger.with(copy.resolve("identity"))
                    .say(node.clusterPort(), HTTP));
        }
        CommandLine.succeed("mv", copy.toString(), removed.folder().toString());
        removed.serai("start", "node3");
        try {
            CLUSTER.node(1).drop("Without.java", TestBundle.serviceSource("Without", "without", "you"));
            CLUSTER.awaitAnswerOnAll("/without", "you");
            assertThat(removed.get("/without").statusCode()).isEqualTo(404);
        } finally {
            removed.stop();
            CommandLine.succeed("rm", "-rf", removed.folder().toString());
        }
    }
}
