package io.serai.state.internal.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.serai.api.state.BlobId;
import io.serai.api.state.CommitId;
import io.serai.api.state.StateException;
import io.serai.api.state.StatePath;
import io.serai.state.internal.merge.HistoryMerge.Merged;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.Test;

public class HistoryMergeTest {
    private final SimulatedGraph graph = new SimulatedGraph();
    private final CommitId first = graph.first;

    private static StatePath path(String name) {
        return new StatePath("deploy/" + name);
    }

    private CommitId put(CommitId before, int second, String name, int version) {
        return graph.commit(before, second, path(name), Optional.of(new BlobId(String.format("%040x", version))));
    }

    private CommitId remove(CommitId before, int second, String name) {
        return graph.commit(before, second, path(name), Optional.empty());
    }

    private Merged merge(CommitId one, CommitId other) throws StateException {
        assertThat(HistoryMerge.merge(graph, other, one)).isEqualTo(HistoryMerge.merge(graph, one, other));
        return HistoryMerge.merge(graph, one, other);
    }

    private static Map<String, Integer> files(Merged merged) {
        Function<StatePath, String> name = path -> path.value().substring("deploy/".length());
        return merged.files().entrySet().stream()
                .collect(Collectors.toMap(
                        file -> name.apply(file.getKey()),
                        file -> Integer.parseInt(file.getValue().value().substring(32), 16)));
    }

    private PathConflict conflict(String name, CommitId won, CommitId lost) {
        return new PathConflict(path(name), graph.touch(won), graph.touch(lost));
    }

    @Test
    public void whatOneSideDidIsTakenWithoutConflict() throws Exception {
        CommitId base = put(put(first, 1, "changed", 1), 2, "removed", 1);
        CommitId one = put(put(base, 10, "changed", 2), 11, "added", 1);
        CommitId other = put(remove(base, 5, "removed"), 6, "other", 1);

        Merged merged = merge(one, other);

        assertThat(files(merged)).isEqualTo(Map.of("changed", 2, "added", 1, "other", 1));
        assertThat(merged.conflicts()).isEmpty();
    }

    @Test
    public void laterOfTwoChangesWinsAndTheOtherIsListed() throws Exception {
        CommitId base = put(first, 1, "orders", 1);
        CommitId earlier = put(base, 10, "orders", 2);
        CommitId later = put(base, 11, "orders", 3);

        Merged merged = merge(later, earlier);

        assertThat(files(merged)).isEqualTo(Map.of("orders", 3));
        assertThat(merged.conflicts()).containsExactly(conflict("orders", later, earlier));
    }

    @Test
    public void ofTwoChangesInOneSecondTheGreaterIdWins() throws Exception {
        CommitId one = put(first, 10, "orders", 1);
        CommitId other = put(first, 10, "orders", 2);
        boolean oneIsGreater = one.value().compareTo(other.value()) > 0;

        assertThat(files(merge(one, other))).isEqualTo(Map.of("orders", oneIsGreater ? 1 : 2));
    }

    @Test
    public void twoWhoDidTheSameHaveNoConflict() throws Exception {
        CommitId one = put(first, 10, "orders", 1);
        CommitId other = put(put(first, 3, "orders", 7), 4, "orders", 1);

        assertThat(merge(one, other).conflicts()).isEmpty();
    }

    @Test
    public void changeOutlivesALaterRemovalWhichIsListed() throws Exception {
        CommitId base = put(first, 1, "orders", 1);
        CommitId change = put(base, 10, "orders", 2);
        CommitId removal = remove(base, 20, "orders");

        Merged merged = merge(removal, change);

        assertThat(files(merged)).isEqualTo(Map.of("orders", 2));
        assertThat(merged.conflicts()).containsExactly(conflict("orders", change, removal));
    }

    @Test
    public void fileThatIsSetBackToWhatItWasIsChanged() throws Exception {
        CommitId base = put(first, 1, "orders", 1);
        CommitId setBack = put(put(base, 30, "orders", 2), 31, "orders", 1);
        CommitId other = put(base, 20, "orders", 3);

        Merged merged = merge(setBack, other);

        assertThat(files(merged)).isEqualTo(Map.of("orders", 1));
        assertThat(merged.conflicts()).containsExactly(conflict("orders", setBack, other));
    }

    @Test
    public void whatWasPutAsideCountsAgainWhenWhatWonIsRemoved() throws Exception {
        CommitId winner = put(first, 50, "orders", 4);
        CommitId loser = put(first, 10, "orders", 1);
        CommitId chosen = graph.include(winner, loser);
        CommitId removed = remove(winner, 60, "orders");

        Merged merged = merge(chosen, removed);

        assertThat(files(merged)).isEqualTo(Map.of("orders", 1));
    }

    @Test
    public void namesThatDifferOnlyInCaseDoNotBothStay() throws Exception {
        CommitId upper = put(first, 10, "Orders.jar", 1);
        CommitId lower = put(first, 11, "orders.jar", 1);

        Merged merged = merge(upper, lower);

        assertThat(files(merged)).isEqualTo(Map.of("orders.jar", 1));
        assertThat(merged.conflicts()).containsExactly(conflict("Orders.jar", lower, upper));
    }

    @Test
    public void fileGivesWayToALaterFolderOfItsName() throws Exception {
        CommitId file = put(first, 10, "lib", 1);
        CommitId folder = put(put(first, 20, "lib/a.jar", 1), 21, "lib/b.jar", 1);

        assertThat(files(merge(file, folder))).isEqualTo(Map.of("lib/a.jar", 1, "lib/b.jar", 1));
    }
}
