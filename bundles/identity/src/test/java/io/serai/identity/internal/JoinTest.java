package io.serai.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.serai.api.cluster.Member;
import io.serai.identity.internal.TestNode.RunningNode;
import io.serai.identity.internal.join.JoinToken;
import io.serai.identity.internal.pki.CertificateRequests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.Rule;
import org.junit.Test;

public class JoinTest {
    @Rule
    public final ClusterFixture cluster = new ClusterFixture();

    @Rule
    public final LogCapture log = new LogCapture();

    @Test
    public void joinsAndTrustsTheMembersBeforeTheStateHasCome() throws Exception {
        TestNode joined = cluster.joining("node2", cluster.token()).setUp();
        RunningNode node2 = joined.start();

        assertThat(node2.directory().named()).isEmpty();
        assertThat(node2.membership().members())
                .isEqualTo(cluster.node1().membership().members())
                .extracting(Member::name)
                .containsExactly("node1", "node2");
        try (Handshake.Server server = new Handshake.Server(node2.identity().tls())) {
            server.connect(cluster.node1().identity().tls());
        }
        assertThat(joined.settings().directory().resolve("join-token")).doesNotExist();
        assertThat(cluster.founder().state().log(Optional.empty(), 1).get(0).message())
                .startsWith("Let node node2 join");
    }

    @Test
    public void letsOneOfTwoInThatComeWithOneToken() throws Exception {
        String token = cluster.token();
        List<TestNode> nodes = List.of(cluster.joining("node2", token), cluster.joining("node3", token));
        List<AtomicBoolean> ready = List.of(new AtomicBoolean(), new AtomicBoolean());
        List<IdentitySetup> setups = Stream.of(0, 1)
                .map(i -> new IdentitySetup(
                        nodes.get(i).settings(), nodes.get(i).state(), cluster.clock, () -> ready.get(i)
                                .set(true)))
                .toList();

        await().until(() -> nodes.stream()
                .noneMatch(node -> Files.exists(node.settings().directory().resolve("join-token"))));
        setups.forEach(IdentitySetup::close);

        assertThat(ready.stream().filter(AtomicBoolean::get)).hasSize(1);
        assertThat(cluster.node1().membership().members()).hasSize(2);
        assertThat(log.text())
                .containsOnlyOnce("Let a node join")
                .containsOnlyOnce("Refused a node that wants to join");
    }

    @Test
    public void asksAgainWithTheSameTokenIfTheAnswerWasLost() throws Exception {
        TestNode node = cluster.joining("node2", cluster.token());
        String token = Files.readString(node.settings().directory().resolve("join-token"));
        node.setUp();
        String request = CertificateRequests.create(new KeyPair(
                node.start().vault().credentials().certificate().getPublicKey(),
                node.start().vault().credentials().key()));
        Files.delete(node.settings().directory().resolve("node.crt"));
        node.folder().write(IdentityFolder.JOIN_REQUEST, request);
        node.folder().write(IdentityFolder.JOIN_TOKEN, token);

        RunningNode joined = node.setUp().start();

        assertThat(cluster.node1().membership().members())
                .hasSize(2)
                .element(1)
                .extracting(Member::certificates)
                .isEqualTo(Set.of(joined.vault().credentials().fingerprint()));
    }

    @Test
    public void tellsWhyItWasRefusedAndDoesNotFoundAClusterThen() throws Exception {
        String token = cluster.token();
        cluster.joining("node2", token).setUp();
        TestNode late = cluster.joining("node3", token);

        assertFails(late, "Cannot join a cluster: 127.0.0.1:");
        assertThat(log.text()).contains("The token is not good");
        assertThat(late.settings().directory().resolve("join-token")).doesNotExist();

        assertFails(late, "This node was not let into the cluster it was to join");
        assertThat(late.settings().directory().resolve("node.crt")).doesNotExist();
        late.folder().write(IdentityFolder.JOIN_TOKEN, cluster.token());
        assertThat(late.setUp().start().membership().members()).hasSize(3);
    }

    @Test
    public void keepsTheTokenIfNobodyCanBeReached() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        JoinToken real = JoinToken.parse(cluster.token());
        JoinToken token = new JoinToken(
                real.expires(),
                real.secret(),
                real.id(),
                real.authority(),
                List.of(new JoinToken.Address("127.0.0.1", port)));
        TestNode node = cluster.joining("node2", token.text());

        assertFails(node, "no node could be asked: {127.0.0.1:" + port);

        assertThat(node.settings().directory().resolve("join-token")).exists();
    }

    @Test
    public void asksTheNextAddressIfOneIsNotOfTheCluster() throws Exception {
        RunningNode foreign = TestNode.of(cluster.home(), "foreign", cluster.open("foreign"), cluster.clock)
                .setUp()
                .start();
        JoinToken real = JoinToken.parse(cluster.token());
        try (JoinServer server = new JoinServer(foreign.identity().tls(), foreign.enrollment())) {
            JoinToken token = new JoinToken(
                    real.expires(),
                    real.secret(),
                    real.id(),
                    real.authority(),
                    List.of(
                            new JoinToken.Address("127.0.0.1", server.port()),
                            real.addresses().get(0)));

            RunningNode joined = cluster.joining("node2", token.text()).setUp().start();

            assertThat(joined.membership().members()).hasSize(2);
            assertThat(log.text()).contains("reason=UNKNOWN_AUTHORITY");
        }
    }

    @Test
    public void refusesATokenThatCannotBeReadWithoutRepeatingIt() throws Exception {
        TestNode node = cluster.joining("node2", "serai-join-AQAAAsecret");

        assertFails(node, "Cannot join a cluster: the token cannot be read: a part of it is missing");

        assertThat(log.text()).doesNotContain("AQAAAsecret");
    }

    @Test
    public void neverLogsATokenOrAKey() throws Exception {
        String text = cluster.token();
        JoinToken token = JoinToken.parse(text);
        TestNode node = cluster.joining("node2", text).setUp();
        node.start().vault();

        assertThat(log.text()).contains("Let a node join").doesNotContain(text, token.secret());
        assertThat(log.text()).doesNotContain("PRIVATE KEY");
        assertThat(token.toString()).doesNotContain(token.secret());
        String all = String.join("\n", contents(cluster.founder()));
        assertThat(all).doesNotContain(token.secret(), "PRIVATE KEY");
    }

    @Test
    public void readsTheTokensThatItWrites() {
        JoinToken token = new JoinToken(
                Instant.ofEpochSecond(1_900_000_000L),
                "00".repeat(16),
                "ab".repeat(8),
                "cd".repeat(32),
                List.of(new JoinToken.Address("::1", 65_535), new JoinToken.Address("a.example", 1)));

        assertThat(JoinToken.parse(" " + token.text() + "\n")).isEqualTo(token);
        assertThat(token.addresses().get(0).join()).hasToString("https://[::1]:65535/api/v1/cluster/join");
    }

    /** Starts a node that does not get an identity, and waits for what it says. */
    private void assertFails(TestNode node, String message) {
        AtomicBoolean ready = new AtomicBoolean();
        IdentitySetup setup = new IdentitySetup(node.settings(), node.state(), cluster.clock, () -> ready.set(true));
        await().atMost(Duration.ofSeconds(20)).until(() -> log.text().contains(message));
        setup.close();
        assertThat(ready).isFalse();
    }

    private static List<String> contents(TestNode node) {
        var head = node.state().head();
        return head.files().keySet().stream()
                .map(path -> {
                    try {
                        return new String(head.content(path).orElseThrow().bytes(), StandardCharsets.UTF_8);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .toList();
    }
}
