package io.serai.state.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.serai.api.state.Change;
import io.serai.api.state.CommitId;
import io.serai.api.state.Content;
import io.serai.api.state.MergeConflict;
import io.serai.api.state.StateException;
import io.serai.api.state.StateException.Reason;
import io.serai.api.state.StatePath;
import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.Test;

public class ReplicaTest extends ThreeNodes {
    // As the first release has written it: another one could only be merged with what there is.
    private static final String FIRST = "95ab67f43781a546206e6ef2f350e6ce4a0f3fd1";
    private static final StatePath ORDERS = new StatePath("deploy/orders.java");

    @Test
    public void allNodesBeginWithTheSameEmptyCommit() {
        assertThat(head(0)).isEqualTo(head(1)).isEqualTo(new CommitId(FIRST));
        assertThat(nodes.get(0).head().files()).isEmpty();
    }

    @Test
    public void nodeThatIsBehindMovesForward() throws Exception {
        put(0, "deploy/a", "1");
        CommitId newest = put(0, "deploy/a", "2");

        assertThat(pull(0, 1)).isEqualTo(newest);
        assertThat(head(1)).isEqualTo(newest);
        assertThat(text(1, new StatePath("deploy/a"))).isEqualTo("2");
        assertThat(pull(1, 0)).isEqualTo(newest);
        assertThat(pull(0, 1)).isEqualTo(newest);
    }

    @Test
    public void packHasOnlyWhatTheOtherOneLacks() throws Exception {
        byte[] noise = new byte[100_000];
        new Random(1).nextBytes(noise);
        clock.tick();
        nodes.get(0)
                .commit(Change.of(
                        Map.of(new StatePath("deploy/big"), Content.of(noise)),
                        Set.of(),
                        author(0),
                        "Put the big one"));
        pull(0, 1);
        CommitId before = head(1);
        put(0, "deploy/small", "1");

        assertThat(pack(0).length).isGreaterThan(100_000);
        assertThat(pack(0, before).length).isLessThan(2_000);
        assertThat(pull(0, 1)).isEqualTo(head(0));
    }

    @Test
    public void nodesThatMergeTheSameTwoWriteTheSameCommit() throws Exception {
        put(0, "deploy/a", "of node 1");
        put(1, "deploy/b", "of node 2");
        CommitId one = head(0);
        CommitId other = head(1);

        pull(0, 1);
        clock.tick();
        nodes.get(0).read(new ByteArrayInputStream(pack(1, one)));
        nodes.get(0).include(other);

        assertThat(head(0)).isEqualTo(head(1)).isNotIn(one, other);
        assertThat(nodes.get(0).head().files()).hasSize(2);
        assertThat(nodes.get(0).conflicts()).isEmpty();
    }

    @Test
    public void laterChangeWinsAndTheOtherIsAConflictUntilTheFileIsChanged() throws Exception {
        put(0, ORDERS.value(), "0");
        pull(0, 1);
        CommitId lost = put(0, ORDERS.value(), "of node 1");
        CommitId won = put(1, ORDERS.value(), "of node 2");

        CommitId merge = pull(0, 1);
        pull(1, 0);

        assertThat(text(0, ORDERS)).isEqualTo("of node 2");
        assertThat(nodes.get(0).conflicts())
                .isEqualTo(nodes.get(1).conflicts())
                .containsExactly(new MergeConflict(merge, ORDERS, won, lost));
        assertThat(nodes.get(1).at(lost).content(ORDERS)).isPresent();

        put(1, ORDERS.value(), "of both");
        pull(1, 0);
        assertThat(nodes.get(0).conflicts()).isEmpty();
    }

    @Test
    public void removalOnOneSideStaysRemoved() throws Exception {
        put(0, "deploy/a", "1");
        put(0, "deploy/b", "1");
        pull(0, 1);
        remove(0, "deploy/a");
        put(1, "deploy/b", "2");

        pull(0, 1);
        pull(1, 0);

        assertThat(nodes.get(1).head().files()).containsOnlyKeys(new StatePath("deploy/b"));
        assertThat(head(0)).isEqualTo(head(1));
        assertThat(nodes.get(0).conflicts()).isEmpty();
    }

    @Test
    public void changeOutlivesTheRemovalByAnother() throws Exception {
        put(0, ORDERS.value(), "1");
        pull(0, 1);
        put(1, ORDERS.value(), "2");
        CommitId removal = remove(0, ORDERS.value());

        pull(0, 1);

        assertThat(text(1, ORDERS)).isEqualTo("2");
        assertThat(nodes.get(1).conflicts()).extracting(MergeConflict::lost).containsExactly(removal);
    }

    @Test
    public void refusesWhatIsIncompleteAndStaysAsItIs() throws Exception {
        put(0, "deploy/a", "1");
        CommitId first = head(0);
        put(0, "deploy/b", "2");
        CommitId before = head(1);
        byte[] whole = pack(0);

        assertThatExceptionOfType(StateException.class)
                .isThrownBy(() -> nodes.get(1).include(head(0)))
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.NOT_FOUND));
        assertThatExceptionOfType(StateException.class)
                .isThrownBy(() -> nodes.get(1).read(new ByteArrayInputStream(Arrays.copyOf(whole, whole.length - 30))))
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.INVALID));
        nodes.get(1).read(new ByteArrayInputStream(pack(0, first)));
        assertThatExceptionOfType(StateException.class)
                .isThrownBy(() -> nodes.get(1).include(head(0)))
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.NOT_FOUND));

        assertThat(head(1)).isEqualTo(before);
        nodes.get(1).read(new ByteArrayInputStream(whole));
        assertThat(nodes.get(1).include(head(0))).isEqualTo(head(0));
    }

    @Test
    public void nodesEndAlikeHoweverTheyMetBefore() throws Exception {
        Random random = new Random(42);
        for (int step = 0; step < 120; step++) {
            int node = random.nextInt(3);
            String path = "deploy/" + "abcd".charAt(random.nextInt(4));
            switch (random.nextInt(5)) {
                case 0 -> remove(node, path);
                case 1, 2 -> pull(node, (node + 1 + random.nextInt(2)) % 3);
                default -> put(node, path, "step " + step);
            }
        }
        for (int round = 0; round < 3; round++) {
            pull(0, 1);
            pull(1, 2);
            pull(2, 0);
        }

        assertThat(head(1)).isEqualTo(head(0));
        assertThat(head(2)).isEqualTo(head(0));
        assertThat(nodes.get(1).conflicts()).isEqualTo(nodes.get(0).conflicts());
    }
}
