package io.serai.state.internal.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.serai.api.state.BlobId;
import io.serai.api.state.CommitId;
import io.serai.api.state.StateException;
import io.serai.api.state.StatePath;
import io.serai.state.internal.merge.FileMerge.Side;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.Test;

public class FileMergeTest {
    private static final Touch EARLIER = new Touch(new CommitId("a".repeat(40)), Instant.ofEpochSecond(100));
    private static final Touch LATER = new Touch(new CommitId("1".repeat(40)), Instant.ofEpochSecond(101));

    private final Map<String, Integer> base = new HashMap<>();
    private final Map<String, Integer> first = new HashMap<>();
    private final Map<String, Integer> second = new HashMap<>();

    private static StatePath path(String name) {
        return new StatePath("deploy/" + name);
    }

    private static Map<StatePath, BlobId> files(Map<String, Integer> versions) {
        Map<StatePath, BlobId> files = new TreeMap<>();
        versions.forEach((name, version) -> files.put(path(name), new BlobId(String.format("%040x", version))));
        return files;
    }

    private FileMerge.Result merge(Touch ofFirst, Touch ofSecond) throws StateException {
        return FileMerge.merge(
                files(base), files(first), files(second), (side, path) -> side == Side.FIRST ? ofFirst : ofSecond);
    }

    @Test
    public void whatOneSideChangedIsTakenWithoutConflict() throws Exception {
        base.putAll(Map.of("kept", 1, "changed", 1, "removed", 1, "both", 1, "gone", 1));
        first.putAll(Map.of("kept", 1, "changed", 2, "removed", 1, "both", 3, "added", 1));
        second.putAll(Map.of("kept", 1, "changed", 1, "both", 3, "other", 1));

        FileMerge.Result result = merge(EARLIER, LATER);

        assertThat(result.files()).isEqualTo(files(Map.of("kept", 1, "changed", 2, "both", 3, "added", 1, "other", 1)));
        assertThat(result.conflicts()).isEmpty();
    }

    @Test
    public void laterOfTwoChangesWinsAndTheOtherIsListed() throws Exception {
        base.put("orders", 1);
        first.put("orders", 2);
        second.put("orders", 3);

        assertThat(merge(EARLIER, LATER).files()).isEqualTo(files(Map.of("orders", 3)));
        assertThat(merge(LATER, EARLIER).files()).isEqualTo(files(Map.of("orders", 2)));
        assertThat(merge(EARLIER, LATER).conflicts()).containsExactly(new PathConflict(path("orders"), LATER, EARLIER));
    }

    @Test
    public void ofTwoChangesInOneSecondTheGreaterIdWins() throws Exception {
        Touch rival = new Touch(new CommitId("b".repeat(40)), EARLIER.time());
        first.put("orders", 2);
        second.put("orders", 3);

        assertThat(merge(EARLIER, rival).files()).isEqualTo(files(Map.of("orders", 3)));
        assertThat(merge(rival, EARLIER).files()).isEqualTo(files(Map.of("orders", 2)));
    }

    @Test
    public void changeOutlivesALaterRemovalWhichIsListed() throws Exception {
        base.put("orders", 1);
        first.put("orders", 2);

        FileMerge.Result result = merge(EARLIER, LATER);

        assertThat(result.files()).isEqualTo(files(Map.of("orders", 2)));
        assertThat(result.conflicts()).containsExactly(new PathConflict(path("orders"), EARLIER, LATER));
    }

    @Test
    public void namesThatDifferOnlyInCaseDoNotBothStay() throws Exception {
        first.put("Orders.jar", 1);
        second.put("orders.jar", 1);
        second.put("ORDERS.JAR", 2);

        assertThat(merge(EARLIER, LATER).files()).hasSize(1);
        assertThat(merge(EARLIER, LATER).conflicts())
                .extracting(PathConflict::path)
                .contains(path("Orders.jar"));
    }

    @Test
    public void fileGivesWayToALaterFolderOfItsName() throws Exception {
        first.put("lib", 1);
        second.put("lib/a.jar", 1);
        second.put("lib/b.jar", 1);

        FileMerge.Result result = merge(EARLIER, LATER);

        assertThat(result.files()).isEqualTo(files(Map.of("lib/a.jar", 1, "lib/b.jar", 1)));
        assertThat(result.conflicts()).containsExactly(new PathConflict(path("lib"), LATER, EARLIER));
    }

    @Test
    public void nothingIsLostHoweverTheTwoWentApart() throws Exception {
        List<String> names = List.of("a", "A", "b", "c/d", "c", "C/e", "f");
        for (int seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            base.clear();
            first.clear();
            second.clear();
            for (String name : names) {
                vary(name, random);
            }
            Touch one = new Touch(EARLIER.commit(), Instant.ofEpochSecond(random.nextInt(2)));
            Touch other = new Touch(LATER.commit(), Instant.ofEpochSecond(random.nextInt(2)));

            FileMerge.Result result = merge(one, other);

            assertThat(TwinNames.find(result.files().keySet()))
                    .as("seed %s", seed)
                    .isEmpty();
            checkSide(seed, files(first), one, result);
            checkSide(seed, files(second), other, result);
        }
    }

    private void vary(String name, Random random) {
        List.of(base, first, second).forEach(side -> {
            int version = random.nextInt(4);
            side.put(name, version);
            // no side can have had names together that cannot stand beside each other
            if (version == 0 || TwinNames.find(files(side).keySet()).isPresent()) {
                side.remove(name);
            }
        });
    }

    /** Checks that each change of a side is in the result, or in the list of conflicts. */
    private void checkSide(int seed, Map<StatePath, BlobId> side, Touch touch, FileMerge.Result result) {
        Map<StatePath, BlobId> before = files(base);
        TreeSet<StatePath> paths = new TreeSet<>(before.keySet());
        paths.addAll(side.keySet());
        for (StatePath path : paths) {
            BlobId wanted = side.get(path);
            boolean changed = wanted == null ? before.containsKey(path) : !wanted.equals(before.get(path));
            BlobId got = result.files().get(path);
            boolean kept = wanted == null ? got == null : wanted.equals(got);
            boolean listed = result.conflicts().stream()
                    .anyMatch(conflict ->
                            conflict.path().equals(path) && conflict.lost().equals(touch));
            assertThat(!changed || kept || listed)
                    .as("seed %s: change of %s at %s", seed, path, touch)
                    .isTrue();
        }
    }
}
