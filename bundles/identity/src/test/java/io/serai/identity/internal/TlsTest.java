package io.serai.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.serai.api.state.Change;
import io.serai.api.state.Content;
import io.serai.api.state.StatePath;
import io.serai.api.state.StateRepository;
import io.serai.identity.internal.TestNode.RunningNode;
import io.serai.identity.internal.members.MemberFile;
import io.serai.identity.internal.members.StateObjects;
import java.io.IOException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.Rule;
import org.junit.Test;

public class TlsTest {
    @Rule
    public final ClusterFixture cluster = new ClusterFixture();

    @Test
    public void membersAcceptEachOtherInBothDirections() throws Exception {
        RunningNode node2 = cluster.join("node2").start();

        assertThat(shown(connect(cluster.node1(), node2)))
                .isEqualTo(node2.vault().credentials().certificate());
        assertThat(shown(connect(node2, cluster.node1())))
                .isEqualTo(cluster.node1().vault().credentials().certificate());
        assertThat(connect(node2, cluster.node1()).getProtocol()).isEqualTo("TLSv1.3");
    }

    @Test
    public void refusesAForgottenNodeAtItsNextConnectionAsServerAndAsClient() throws Exception {
        RunningNode node2 = cluster.join("node2").start();
        try (Handshake.Server server =
                new Handshake.Server(cluster.node1().identity().tls())) {
            server.connect(node2.identity().tls());
            server.connect(node2.identity().tls()); // a resumed session would show no certificate

            cluster.node1().membership().forget("node2", ClusterFixture.ANN);

            assertThatIOException()
                    .isThrownBy(() -> server.connect(node2.identity().tls()));
        }
        assertThatIOException().isThrownBy(() -> connect(node2, cluster.node1()));
    }

    @Test
    public void refusesAnExpiredCertificate() throws Exception {
        RunningNode node2 = cluster.join("node2").start();
        cluster.clock.advance(Duration.ofDays(364));
        cluster.node1().membership().rotate(ClusterFixture.ANN);
        connect(cluster.node1(), node2);

        cluster.clock.advance(Duration.ofDays(2));

        assertThatIOException().isThrownBy(() -> connect(cluster.node1(), node2));
        assertThatIOException().isThrownBy(() -> connect(node2, cluster.node1()));
    }

    @Test
    public void refusesTheAuthorityOfAnotherCluster() throws Exception {
        RunningNode foreign = TestNode.of(cluster.home(), "foreign", cluster.open("foreign"), cluster.clock)
                .setUp()
                .start();

        assertThatIOException().isThrownBy(() -> connect(cluster.node1(), foreign));
        assertThatIOException().isThrownBy(() -> connect(foreign, cluster.node1()));
    }

    @Test
    public void refusesAClientWithoutCertificate() throws Exception {
        SSLContext nobody = SSLContext.getInstance("TLS");
        nobody.init(null, new TrustManager[] {new Everybody()}, new SecureRandom());

        try (Handshake.Server server =
                new Handshake.Server(cluster.node1().identity().tls())) {
            assertThatIOException().isThrownBy(() -> server.connect(nobody));
        }
    }

    @Test
    public void showsANewCertificateAtTheNextHandshakeWhileTheOldOneIsStillAccepted() throws Exception {
        RunningNode node2 = cluster.join("node2").start();
        X509Certificate before = node2.vault().credentials().certificate();
        RunningNode copy =
                new TestNode(node2.vault().settings(), cluster.founder().state(), cluster.clock).start();
        try (Handshake.Server server =
                new Handshake.Server(cluster.node1().identity().tls())) {
            server.connect(node2.identity().tls());

            node2.membership().rotate(ClusterFixture.ANN);

            assertThat(shown(server.connect(node2.identity().tls())))
                    .isEqualTo(node2.vault().credentials().certificate())
                    .isNotEqualTo(before);
            assertThat(shown(server.connect(copy.identity().tls()))).isEqualTo(before);
            node2.membership().rotate(ClusterFixture.ANN);
            assertThatIOException()
                    .isThrownBy(() -> server.connect(copy.identity().tls()));
        }
    }

    @Test
    public void acceptsWhoHasRenewedItsCertificateWhileItReachedNobody() throws Exception {
        TestNode node = cluster.join("node2");
        StateRepository apart = cluster.open("apart");
        copyMembers(cluster.founder().state(), apart);
        RunningNode node2 = new TestNode(node.settings(), apart, cluster.clock).start();

        for (int renewals = 1; renewals <= 2; renewals++) {
            node2.membership().rotate(ClusterFixture.ANN);
            connect(cluster.node1(), node2);
            connect(node2, cluster.node1());
        }
        RunningNode restarted = new TestNode(node.settings(), apart, cluster.clock).start();
        connect(cluster.node1(), restarted);

        cluster.node1().membership().forget("node2", ClusterFixture.ANN);
        assertThatIOException().isThrownBy(() -> connect(cluster.node1(), restarted));
    }

    @Test
    public void refusesWhatAKeyThatCountsNoLongerVouchesFor() throws Exception {
        TestNode node = cluster.join("node2");
        RunningNode node2 = node.start();
        StateRepository apart = cluster.open("apart");
        copyMembers(cluster.founder().state(), apart);
        RunningNode copy = new TestNode(node.settings(), apart, cluster.clock).start();
        node2.membership().rotate(ClusterFixture.ANN);
        node2.membership().rotate(ClusterFixture.ANN);

        copy.membership().rotate(ClusterFixture.ANN); // by the first key, which is two behind

        assertThatIOException().isThrownBy(() -> connect(cluster.node1(), copy));
    }

    @Test
    public void speaksNothingOlderThanTls13() throws Exception {
        SSLContext tls = cluster.node1().identity().tls();

        assertThat(tls.getDefaultSSLParameters().getProtocols()).containsExactly("TLSv1.3");
        assertThat(tls.createSSLEngine().getEnabledProtocols()).containsExactly("TLSv1.3");
        assertThat(tls.createSSLEngine("localhost", 1).getEnabledProtocols()).containsExactly("TLSv1.3");
        SSLContext old = SSLContext.getInstance("TLSv1.2");
        old.init(null, new TrustManager[] {new Everybody()}, new SecureRandom());
        try (Handshake.Server server = new Handshake.Server(tls)) {
            assertThatIOException().isThrownBy(() -> server.connect(old));
        }
    }

    private static void copyMembers(StateRepository from, StateRepository to) throws Exception {
        Map<StatePath, Content> members = new HashMap<>();
        for (String name : StateObjects.of(from.head(), MemberFile.KIND).keySet()) {
            StatePath path = MemberFile.path(name);
            members.put(path, from.head().content(path).orElseThrow());
        }
        to.commit(Change.of(members, Set.of(), ClusterFixture.ANN, "Copy the members"));
    }

    private static SSLSession connect(RunningNode server, RunningNode client) throws IOException {
        try (Handshake.Server listening = new Handshake.Server(server.identity().tls())) {
            return listening.connect(client.identity().tls());
        }
    }

    private static X509Certificate shown(SSLSession session) throws IOException {
        return (X509Certificate) session.getPeerCertificates()[0];
    }

    /** Accepts everything. */
    private static final class Everybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
