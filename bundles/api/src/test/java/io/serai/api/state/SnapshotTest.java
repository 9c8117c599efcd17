package io.serai.api.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.Test;

public class SnapshotTest {
    private record Layers(SortedMap<StatePath, Entry> effective) implements Snapshot {
        @Override
        public CommitId commit() {
            return new CommitId("0".repeat(40));
        }

        @Override
        public SortedMap<StatePath, BlobId> files() {
            return new TreeMap<>();
        }

        @Override
        public Optional<Content> content(StatePath path) {
            return Optional.empty();
        }

        @Override
        public Content content(BlobId blob) throws StateException {
            throw new StateException(StateException.Reason.NOT_FOUND, blob + " is not here", null);
        }
    }

    /** Makes one of paths below their layers, and where their content is: layer and digit. */
    private static Snapshot of(Map<String, String> files) {
        SortedMap<StatePath, Entry> effective = new TreeMap<>();
        files.forEach((path, from) -> effective.put(
                new StatePath(path),
                new Entry(
                        new StatePath(from.substring(0, from.length() - 1) + path),
                        new BlobId(from.substring(from.length() - 1).repeat(40)))));
        return new Layers(effective);
    }

    @Test
    public void differsInWhatIsNewChangedOrGoneButNotInWhereTheSameComesFrom() {
        Snapshot before = of(Map.of("deploy/a", "1", "deploy/b", "1", "deploy/c", "1", "deploy/e", "1"));
        Snapshot after = of(Map.of("deploy/a", "1", "deploy/b", "2", "deploy/d", "1", "deploy/e", "nodes/node1/1"));

        assertThat(after.differences(before))
                .isEqualTo(before.differences(after))
                .extracting(StatePath::value)
                .containsExactly("deploy/b", "deploy/c", "deploy/d");
        assertThat(after.differences(after)).isEmpty();
    }
}
