package io.serai.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.serai.api.cluster.ClusterCertificate;
import io.serai.identity.internal.TestNode.RunningNode;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.junit.Rule;
import org.junit.Test;

public class ClusterCertificatesTest {
    @Rule
    public final ClusterFixture cluster = new ClusterFixture();

    @Test
    public void hasThoseOfAllNodesWhetherTheyRunOrNot() throws Exception {
        X509Certificate joined =
                cluster.join("node2").start().vault().credentials().certificate();

        List<ClusterCertificate> all = cluster.node1().membership().certificates();

        assertThat(all)
                .extracting(ClusterCertificate::node)
                .containsExactly(Optional.empty(), Optional.of("node1"), Optional.of("node2"));
        assertThat(all.get(2).certificate()).contains(joined);
        assertThat(all).allMatch(ClusterCertificate::inUse);
        joined.verify(all.get(0).certificate().orElseThrow().getPublicKey());
    }

    @Test
    public void tellsTheOneThatIsShownFromTheOneBeforeIt() throws Exception {
        RunningNode node = cluster.join("node2").start();
        String before = node.vault().credentials().fingerprint();
        node.membership().rotate(ClusterFixture.ANN); // in the same second, by which they could not be told apart
        String now = node.vault().credentials().fingerprint();

        for (StateMembership membership : List.of(cluster.node1().membership(), node.membership())) {
            List<ClusterCertificate> all = membership.certificates();
            assertThat(all).extracting(ClusterCertificate::fingerprint).endsWith(now, before);
            assertThat(all).extracting(ClusterCertificate::inUse).containsExactly(true, true, true, false);
            assertThat(all).allMatch(each -> each.certificate().isPresent());
        }
    }

    @Test
    public void keepsThemWhenAnythingElseOfTheNodeChanges() throws Exception {
        TestNode node = cluster.join("node2");
        node.start().membership().rotate(ClusterFixture.ANN);
        List<ClusterCertificate> before = cluster.node1().membership().certificates();

        RunningNode moved = node.inGroups("edge").start();
        IdentityUpkeep upkeep =
                new IdentityUpkeep(moved.vault(), moved.directory(), moved.membership(), node.state(), cluster.heads);
        await().until(() -> !moved.membership().members().get(1).groups().isEmpty());
        upkeep.close();

        assertThat(cluster.node1().membership().certificates()).isEqualTo(before);
    }
}
