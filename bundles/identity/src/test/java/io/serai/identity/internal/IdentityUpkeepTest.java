package io.serai.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.serai.api.cluster.Member;
import io.serai.api.state.Change;
import io.serai.identity.internal.IdentitySettings.NodeAddress;
import io.serai.identity.internal.TestNode.RunningNode;
import io.serai.identity.internal.members.MemberFile;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;

public class IdentityUpkeepTest {
    @Rule
    public final ClusterFixture cluster = new ClusterFixture();

    @Rule
    public final LogCapture log = new LogCapture();

    private Runnable stop = () -> {};

    @After
    public void stop() {
        stop.run();
    }

    @Test
    public void tellsTheClusterOfAnotherNameAndAddress() throws Exception {
        TestNode node = cluster.join("node2").withAddress(new NodeAddress("renamed", "localhost", 1, 2));

        RunningNode running = start(node);

        await().until(() -> cluster.node1().membership().members().stream()
                .anyMatch(member -> member.name().equals("renamed")));
        assertThat(cluster.node1().membership().members())
                .filteredOn(member -> !member.name().equals("node1"))
                .containsExactly(new Member(
                        running.identity().id(),
                        "renamed",
                        "localhost",
                        1,
                        2,
                        running.membership().members().get(1).certificates(),
                        List.of()));
    }

    @Test
    public void tellsTheClusterOfOtherGroups() throws Exception {
        TestNode node = cluster.join("node2");
        start(node.inGroups("edge", "fast"));
        await().until(() -> groups().equals(List.of("edge", "fast")));
        stop.run();

        start(node.inGroups());

        await().until(() -> groups().isEmpty());
    }

    @Test
    public void addsItsCertificateToAFileThatHasItsFingerprintOnly() throws Exception {
        TestNode node = cluster.join("node2");
        Member self = cluster.node1().membership().members().get(1);
        node.state()
                .commit(Change.of(
                        Map.of(MemberFile.path("node2"), MemberFile.write(self, List.of())),
                        Set.of(),
                        ClusterFixture.ANN,
                        "As it once was"));
        assertThat(certificateOfNode2()).isEmpty();

        RunningNode running = start(node);

        await().until(() -> certificateOfNode2()
                .equals(Optional.of(running.vault().credentials().certificate())));
    }

    private Optional<X509Certificate> certificateOfNode2() {
        return cluster.node1().membership().certificates().get(2).certificate();
    }

    private List<String> groups() {
        return cluster.node1().membership().members().get(1).groups();
    }

    @Test
    public void saysOnceThatTheNodeWasForgotten() throws Exception {
        TestNode node = cluster.join("node2");
        start(node);
        await().until(() -> node.folder().read("members.json").orElse("").contains("\"joining\":false"));

        cluster.node1().membership().forget("node2", ClusterFixture.ANN);
        await().until(() -> log.text().contains("The cluster does not accept node node2 any more: it was forgotten"));
        cluster.token(); // the head moves again

        assertThat(log.text()).containsOnlyOnce("does not accept node node2");
    }

    @Test
    public void saysThatItsFolderIsAnOldCopy() throws Exception {
        TestNode node = cluster.join("node2");
        RunningNode copy = node.start();
        RunningNode original = node.start();
        original.membership().rotate(ClusterFixture.ANN);
        original.membership().rotate(ClusterFixture.ANN);

        upkeep(copy, node);

        await().until(() -> log.text().contains("its folder seems to be an old copy"));
    }

    @Test
    public void renewsACertificateWhenAThirdOfItsTimeIsLeft() throws Exception {
        TestNode node = cluster.join("node2");
        String before = node.start().vault().credentials().fingerprint();
        cluster.clock.advance(Duration.ofDays(245));

        RunningNode later = start(node);

        await().until(() -> !later.vault().credentials().fingerprint().equals(before));
        assertThat(later.membership().members().get(1).certificates())
                .containsExactlyInAnyOrder(before, later.vault().credentials().fingerprint());
    }

    @Test
    public void putsTheOnlyMemberIntoAStateThatWasLost() throws Exception {
        TestNode alone = TestNode.of(cluster.home(), "alone", cluster.open("alone"), cluster.clock)
                .setUp();
        start(alone);
        await().until(() -> alone.folder().has("members.json"));
        stop.run();
        TestNode bare = new TestNode(alone.settings(), cluster.open("bare"), cluster.clock);

        RunningNode running = start(bare);

        await().until(() -> running.directory().named().size() == 1);
    }

    private RunningNode start(TestNode node) {
        RunningNode running = node.start();
        upkeep(running, node);
        return running;
    }

    private void upkeep(RunningNode running, TestNode node) {
        IdentityUpkeep upkeep = new IdentityUpkeep(
                running.vault(), running.directory(), running.membership(), node.state(), cluster.heads);
        stop = upkeep::close;
    }
}
