package io.serai.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.serai.api.state.Change;
import io.serai.api.state.StateException;
import io.serai.identity.internal.TestNode.RunningNode;
import io.serai.identity.internal.join.JoinToken;
import io.serai.identity.internal.members.AuthorityFile;
import io.serai.identity.internal.pki.Authority;
import io.serai.identity.internal.pki.Certificates;
import io.serai.identity.internal.pki.Pem;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;

public class AuthorityRenewalTest {
    private static final Duration SEVEN_YEARS = Duration.ofDays(7 * 365);

    @Rule
    public final ClusterFixture cluster = new ClusterFixture();

    @Rule
    public final LogCapture log = new LogCapture();

    private final List<IdentityUpkeep> upkeeps = new ArrayList<>();

    @After
    public void stop() {
        upkeeps.forEach(IdentityUpkeep::close);
    }

    private RunningNode start(TestNode node) {
        RunningNode running = node.start();
        upkeeps.add(new IdentityUpkeep(
                running.vault(), running.directory(), running.membership(), node.state(), cluster.heads));
        return running;
    }

    private static X509Certificate authority(RunningNode node) {
        return node.vault().authority().certificate();
    }

    private static X509Certificate shown(RunningNode node) {
        List<X509Certificate> chain = node.vault().credentials().chain();
        return chain.get(chain.size() - 1);
    }

    private RunningNode renewed(X509Certificate before) {
        RunningNode node1 = start(cluster.founder());
        await().until(() -> !authority(node1).equals(before));
        return node1;
    }

    private static void connect(RunningNode client, RunningNode server) throws Exception {
        try (Handshake.Server listening = new Handshake.Server(server.identity().tls())) {
            SSLContext tls = client.identity().tls();
            listening.connect(tls);
        }
    }

    private void put(X509Certificate certificate) throws StateException {
        cluster.founder()
                .state()
                .commit(Change.of(
                        Map.of(AuthorityFile.PATH, AuthorityFile.write(certificate)),
                        Set.of(),
                        ClusterFixture.ANN,
                        "Put it"));
    }

    @Test
    public void isRenewedOnceWhenAThirdOfItsTimeIsLeftAndTakenByAllForGood() throws Exception {
        TestNode second = cluster.join("node2");
        X509Certificate before = authority(cluster.node1());
        cluster.clock.advance(SEVEN_YEARS);
        Instant now = cluster.clock.instant();

        RunningNode node1 = renewed(before);
        RunningNode node2 = start(second);
        await().until(() -> authority(node2).equals(authority(node1)));

        assertThat(authority(node1).getNotAfter()).isAfter(before.getNotAfter());
        assertThat(Authority.hasSigned(before, authority(node1))).isTrue();
        assertThat(shown(node2)).isEqualTo(authority(node1));
        assertThat(log.text()).containsOnlyOnce("Renewed the certificate of the cluster's authority");
        for (TestNode node : List.of(cluster.founder(), second)) {
            assertThat(node.folder().require(IdentityFolder.AUTHORITY_CERTIFICATE))
                    .isEqualTo(Pem.of(List.of(authority(node1))));
            assertThat(authority(node.start())).as("after a restart").isEqualTo(authority(node1));
        }
        node2.membership().rotate(ClusterFixture.ANN);
        assertThat(node2.vault().credentials().certificate().getNotAfter().toInstant())
                .isAfter(now.plus(Duration.ofDays(364)));
        assertThat(shown(node2)).isEqualTo(authority(node1));
    }

    @Test
    public void isNotRenewedBefore() throws Exception {
        cluster.clock.advance(Duration.ofDays(6 * 365));
        RunningNode node1 = start(cluster.founder());
        String before = cluster.node1().vault().credentials().fingerprint();
        await("its own certificate to be renewed, which comes after that of the authority")
                .until(() -> !node1.vault().credentials().fingerprint().equals(before));

        assertThat(cluster.founder().state().head().files()).doesNotContainKey(AuthorityFile.PATH);
    }

    @Test
    public void nodesThatKnowTheOldOneAndTheNewOneTrustEachOther() throws Exception {
        RunningNode old = cluster.join("node2").start();
        cluster.clock.advance(SEVEN_YEARS);
        old.membership().rotate(ClusterFixture.ANN);

        RunningNode node1 = renewed(authority(old));
        node1.membership().rotate(ClusterFixture.ANN);

        assertThat(authority(old)).isNotEqualTo(authority(node1));
        connect(old, node1);
        connect(node1, old);
        old.membership().rotate(ClusterFixture.ANN);
        connect(old, node1);
    }

    @Test
    public void tokenThatWasMadeBeforeLetsANodeIn() throws Exception {
        cluster.clock.advance(SEVEN_YEARS);
        JoinToken made = JoinToken.parse(cluster.token());
        RunningNode node1 = renewed(authority(cluster.node1()));
        node1.membership().rotate(ClusterFixture.ANN);
        try (JoinServer server = new JoinServer(node1.identity().tls(), node1.enrollment())) {
            JoinToken token = new JoinToken(
                    made.expires(),
                    made.secret(),
                    made.id(),
                    made.authority(),
                    List.of(new JoinToken.Address("127.0.0.1", server.port())));

            RunningNode joined = cluster.joining("node2", token.text()).setUp().start();

            assertThat(authority(joined)).isEqualTo(authority(node1));
        }
    }

    @Test
    public void thatOfAnotherAuthorityIsNotTaken() throws Exception {
        RunningNode node1 = start(cluster.founder());
        X509Certificate before = authority(node1);

        put(Certificates.authority(cluster.clock.instant().plus(SEVEN_YEARS)).certificate());
        await().until(() -> log.text().contains("Did not take the certificate of the cluster's authority"));
        cluster.token(); // the head moves again

        assertThat(authority(node1)).isEqualTo(before);
        put(Certificates.renew(
                        node1.vault().authority(), cluster.clock.instant().plus(SEVEN_YEARS))
                .certificate());
        await().until(() -> !authority(node1).equals(before));
        assertThat(log.text()).containsOnlyOnce("Did not take the certificate of the cluster's authority");
    }

    @Test
    public void whatIsNoCertificateOfAnAuthorityIsRefused() throws Exception {
        X509Certificate node = cluster.node1().vault().credentials().certificate();

        assertThatThrownBy(() -> put(node))
                .isInstanceOf(StateException.class)
                .hasMessageContaining(
                        "objects/authority/cluster.yaml:4: spec.x509 must be the certificate of an authority");
        assertThat(new String(AuthorityFile.write(node).bytes(), StandardCharsets.UTF_8))
                .doesNotContain("KEY");
    }
}
