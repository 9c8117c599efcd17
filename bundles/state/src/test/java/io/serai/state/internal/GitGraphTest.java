package io.serai.state.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.serai.api.state.CommitId;
import io.serai.api.state.StateException;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.TreeFormatter;
import org.junit.Rule;
import org.junit.Test;

/** Histories of nodes whose clocks are hours apart, so that commits are older than what they came after. */
public class GitGraphTest {
    private static final int COMMITS = 60;

    @Rule
    public final RepositoryFixture fixture = new RepositoryFixture();

    private final List<CommitId> commits = new ArrayList<>();
    private final List<BitSet> histories = new ArrayList<>();

    private void grow(ObjectInserter inserter, Random random) throws IOException {
        ObjectId tree = inserter.insert(new TreeFormatter());
        for (int i = 0; i < COMMITS; i++) {
            BitSet history = new BitSet();
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(tree);
            Set<Integer> parents = new TreeSet<>();
            for (int parent = random.nextInt(4) == 0 ? 2 : 1; i > 0 && parent > 0; parent--) {
                parents.add(Math.max(0, i - 1 - random.nextInt(8)));
            }
            for (int parent : parents) {
                commit.addParentId(ObjectId.fromString(commits.get(parent).value()));
                history.or(histories.get(parent));
            }
            Instant time = RepositoryFixture.NOW.plusSeconds(i + random.nextInt(20_000) - 10_000L);
            commit.setAuthor(new PersonIdent("a", "b", time, ZoneOffset.UTC));
            commit.setCommitter(commit.getAuthor());
            commit.setMessage("commit " + i);
            history.set(i);
            commits.add(new CommitId(inserter.insert(commit).name()));
            histories.add(history);
        }
        inserter.flush();
    }

    @Test
    public void knowsWhoHasSeenWhatWhateverTheClocksSay() throws Exception {
        fixture.close();
        try (GitStore store = GitStore.open(fixture.directory(), RepositoryFixture.NOW);
                ObjectInserter inserter = store.repository().getObjectDatabase().newPackInserter()) {
            GitGraph graph = new GitGraph(store, commit -> Map.of());
            grow(inserter, new Random(0));
            for (int one = 0; one < COMMITS; one++) {
                for (int other = 0; other < COMMITS; other++) {
                    check(graph, one, other);
                }
            }
        }
        fixture.open();
    }

    private void check(GitGraph graph, int one, int other) throws StateException {
        BitSet beyond = (BitSet) histories.get(one).clone();
        beyond.andNot(histories.get(other));
        assertThat(graph.contains(commits.get(one), commits.get(other)))
                .as("%s has seen %s", one, other)
                .isEqualTo(histories.get(one).get(other));
        assertThat(graph.beyond(commits.get(one), commits.get(other)))
                .as("%s has seen, and %s has not", one, other)
                .isEqualTo(beyond.stream().mapToObj(commits::get).collect(Collectors.toSet()));
    }
}
