package io.serai.cluster.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.serai.api.state.Author;
import io.serai.api.state.Change;
import io.serai.api.state.CommitId;
import io.serai.api.state.Content;
import io.serai.api.state.StateException;
import io.serai.api.state.StateException.Reason;
import io.serai.api.state.StatePath;
import io.serai.cluster.internal.ReplicationFixture.Node;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.Rule;
import org.junit.Test;

public class ReplicationTest {
    private static final StatePath ORDERS = new StatePath("deploy/orders.java");

    @Rule
    public final ReplicationFixture cluster = new ReplicationFixture();

    @Test
    public void changeOfTheNodeThatLeadsReachesAllOthersAsItIs() throws Exception {
        Node first = cluster.add();
        Node second = cluster.add();
        Node third = cluster.add();
        cluster.network.settle();

        CommitId head = first.put(ORDERS.value(), "1");
        cluster.network.settle();

        assertThat(second.head()).isEqualTo(head);
        assertThat(third.head()).isEqualTo(head);
        assertThat(third.text(ORDERS.value())).contains("1");
    }

    @Test
    public void changeOfAnotherNodeGoesThroughTheOneThatLeads() throws Exception {
        Node first = cluster.add();
        Node second = cluster.add();
        cluster.network.settle();

        CommitId head = second.put(ORDERS.value(), "1");

        assertThat(first.head()).as("before anything was announced").isEqualTo(head);
        assertThat(second.head()).isEqualTo(head);
    }

    @Test
    public void twoWhoChangeOnePathAreToldWhileTheySeeEachOther() throws Exception {
        Node first = cluster.add();
        Node second = cluster.add();
        cluster.network.settle();
        CommitId seen = second.put(ORDERS.value(), "1");
        cluster.network.settle();
        cluster.network.loses = message -> true;
        first.put(ORDERS.value(), "2");
        cluster.network.settle();

        Change late = new Change(
                Map.of(ORDERS, Content.of(new byte[] {'3'})),
                Set.of(),
                new Author("bob", "shell"),
                "Put it",
                Optional.of(seen));

        assertThatExceptionOfType(StateException.class)
                .isThrownBy(() -> second.repository.commit(late))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.CONFLICT))
                .satisfies(e -> assertThat(e.paths()).containsKey(ORDERS));
        assertThat(first.text(ORDERS.value())).contains("2");
    }

    @Test
    public void nodeThatReachesNobodyAppendsItselfAndBothSidesBecomeOneAgain() throws Exception {
        Node first = cluster.add();
        Node second = cluster.add();
        Node third = cluster.add();
        cluster.network.settle();
        cluster.network.part(0, 1, 1);

        first.put("deploy/a", "1");
        third.put("deploy/b", "2");
        cluster.network.settle();
        assertThat(second.text("deploy/b")).as("the others go on").contains("2");
        cluster.network.part(0, 0, 0);
        cluster.network.settle();

        assertThat(first.head()).isEqualTo(second.head()).isEqualTo(third.head());
        assertThat(second.text("deploy/a")).contains("1");
        assertThat(first.text("deploy/b")).contains("2");
    }

    @Test
    public void announcementThatWasLostIsFoundByComparing() throws Exception {
        Node first = cluster.add();
        Node second = cluster.add();
        cluster.network.settle();
        cluster.network.loses = message -> true;
        CommitId head = first.put(ORDERS.value(), "1");
        cluster.network.settle();
        assertThat(second.head()).isNotEqualTo(head);

        cluster.network.loses = message -> false;
        first.replicator.compare();
        cluster.network.settle();

        assertThat(second.head()).isEqualTo(head);
    }

    @Test
    public void announcementThatWasLostIsFoundWhenPartsMeetAgainThoughOneHasSeenAllTheTime() throws Exception {
        Node first = cluster.add();
        Node second = cluster.add();
        cluster.network.settle();
        cluster.network.loses = message -> true; // second has gone on without first, and drops what it says
        CommitId head = first.put(ORDERS.value(), "1");
        cluster.network.settle();

        cluster.network.loses = message -> false;
        first.replicator.viewChanged(first.port.view());
        cluster.network.settle();

        assertThat(second.head()).isEqualTo(head);
    }

    @Test
    public void nodeThatComesLaterGetsTheWholeHistory() throws Exception {
        Node first = cluster.add();
        byte[] noise = new byte[1_500_000];
        new Random(1).nextBytes(noise);
        first.put("deploy/big.bin", noise);
        for (int i = 0; i < 30; i++) {
            first.put(ORDERS.value(), "version " + i);
        }

        Node second = cluster.add();
        cluster.network.settle();

        assertThat(second.head()).isEqualTo(first.head());
        assertThat(second.repository.log(Optional.empty(), 100)).hasSize(32);
        assertThat(second.text(ORDERS.value())).contains("version 29");
    }

    @Test
    public void transferThatBreaksOffIsMadeGoodByAnotherNode() throws Exception {
        Node first = cluster.add();
        Node second = cluster.add();
        byte[] noise = new byte[1_500_000];
        new Random(1).nextBytes(noise);
        first.put("deploy/big.bin", noise);
        cluster.network.settle();
        first.port.answers = 2;

        Node third = cluster.add();
        cluster.network.settle();

        assertThat(third.head()).isEqualTo(second.head());
    }

    @Test
    public void leaderThatDoesNotAnswerHoldsUpOneChangeOnly() throws Exception {
        Node first = cluster.add();
        Node second = cluster.add();
        cluster.network.settle();
        first.port.answers = 0;

        second.put("deploy/a", "1");

        assertThat(second.text("deploy/a")).contains("1");
        assertThat(second.proposals.forwards()).isFalse();
        first.port.answers = -1;
        cluster.network.settle();
        assertThat(first.head()).isEqualTo(second.head());
    }

    @Test
    public void nothingIsSaidAnyMoreWhenAllHaveTheSame() throws Exception {
        Node first = cluster.add();
        cluster.add();
        cluster.add();
        first.put("deploy/a", "1");
        cluster.network.settle();
        CommitId head = first.head();

        cluster.nodes.forEach(node -> node.replicator.compare());
        cluster.network.settle();

        assertThat(cluster.nodes).allMatch(node -> node.head().equals(head));
    }

    @Test
    public void processWithTheSameIdentityIsNoticedAndNotFollowed() throws Exception {
        UUID id = UUID.randomUUID();
        Node first = cluster.add(id);
        first.put("deploy/a", "1");
        cluster.network.settle();

        Node twin = cluster.add(id);
        cluster.network.settle();

        assertThat(cluster.twins).contains(first.port.self(), twin.port.self());
        assertThat(twin.text("deploy/a")).isEmpty();
    }
}
