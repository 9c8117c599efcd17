package io.serai.state.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.serai.api.state.Change;
import io.serai.api.state.CommitId;
import io.serai.api.state.MergeConflict;
import io.serai.api.state.Revision;
import io.serai.api.state.StateException;
import io.serai.api.state.StateException.Reason;
import io.serai.api.state.StatePath;
import java.util.Map;
import java.util.Set;
import org.junit.Test;

/** Somebody settles what two nodes did to one file. */
public class ConflictTest extends ThreeNodes {
    private static final StatePath ORDERS = new StatePath("deploy/orders.java");

    /** Has nodes 0 and 1 change a file; what node 1 does counts. */
    private MergeConflict conflict() throws Exception {
        put(0, ORDERS.value(), "0");
        pull(0, 1);
        put(0, ORDERS.value(), "of node 1");
        put(1, ORDERS.value(), "of node 2");
        return merged();
    }

    private MergeConflict merged() throws Exception {
        pull(0, 1);
        pull(1, 0);
        assertThat(nodes.get(0).conflicts()).hasSize(1);
        clock.tick();
        return nodes.get(0).conflicts().get(0);
    }

    private void assertSettled(CommitId settled) throws Exception {
        assertThat(head(0)).isEqualTo(settled);
        assertThat(nodes.get(0).conflicts()).isEmpty();
        pull(0, 1);
        pull(0, 2);
        assertThat(nodes.get(1).conflicts()).isEmpty();
        assertThat(nodes.get(2).conflicts()).isEmpty();
    }

    @Test
    public void keepsWhatWonWithACommitThatAltersNothing() throws Exception {
        MergeConflict conflict = conflict();

        CommitId settled = nodes.get(0).keepWon(conflict, author(0));

        assertSettled(settled);
        assertThat(text(2, ORDERS)).isEqualTo("of node 2");
        Revision revision = nodes.get(1).revision(settled);
        assertThat(revision.author()).isEqualTo(author(0));
        assertThat(revision.message())
                .contains("\nResolved: deploy/orders.java won=" + conflict.won() + " lost=" + conflict.lost());
        assertThat(nodes.get(1).diff(conflict.merge(), settled)).isEmpty();
    }

    @Test
    public void takesWhatLost() throws Exception {
        MergeConflict conflict = conflict();

        assertSettled(nodes.get(0).takeLost(conflict, author(0)));

        assertThat(text(2, ORDERS)).isEqualTo("of node 1");
        clock.tick();
        put(0, ORDERS.value(), "of node 2");
        assertThat(nodes.get(0).conflicts()).as("as the merge had left it").isEmpty();
    }

    @Test
    public void takesARemovalThatLost() throws Exception {
        put(0, ORDERS.value(), "0");
        pull(0, 1);
        remove(0, ORDERS.value());
        put(1, ORDERS.value(), "of node 2");

        assertSettled(nodes.get(0).takeLost(merged(), author(0)));

        assertThat(nodes.get(2).head().files()).isEmpty();
    }

    @Test
    public void takesANameThatAnotherOneHadTaken() throws Exception {
        put(0, "deploy/Orders.java", "of node 1");
        put(1, "deploy/orders.java/a", "of node 2");
        put(1, "deploy/orders.java/b", "of node 2");

        assertSettled(nodes.get(0).takeLost(merged(), author(0)));

        assertThat(nodes.get(2).head().files()).containsOnlyKeys(new StatePath("deploy/Orders.java"));
    }

    @Test
    public void refusesWhatIsSettledAlready() throws Exception {
        MergeConflict conflict = conflict();
        CommitId settled = nodes.get(0).keepWon(conflict, author(0));

        assertThatExceptionOfType(StateException.class)
                .isThrownBy(() -> nodes.get(0).takeLost(conflict, author(0)))
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.NOT_FOUND));
        assertThat(head(0)).isEqualTo(settled);
    }

    @Test
    public void isNotMisledByMessagesOfPeople() throws Exception {
        MergeConflict conflict = conflict();
        String id = conflict.won().value();
        nodes.get(0)
                .commit(Change.of(
                        Map.of(new StatePath("deploy/other"), RepositoryFixture.text("1")),
                        Set.of(),
                        author(0),
                        "Put\n\nResolved: ../.git won=" + id + " lost=" + id + "\n"));

        assertThat(nodes.get(0).conflicts()).containsExactly(conflict);
    }

    @Test
    public void leaderAcceptsThatAConflictIsSettled() throws Exception {
        MergeConflict conflict = conflict();
        put(0, "deploy/other", "of the leader");
        CommitId settled = nodes.get(1).keepWon(conflict, author(1));
        send(1, 0, settled);

        nodes.get(0).accept(settled);

        assertThat(nodes.get(0).conflicts()).isEmpty();
        assertThat(text(0, ORDERS)).isEqualTo("of node 2");
    }
}
