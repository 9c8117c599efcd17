package io.serai.state.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.serai.api.state.BlobId;
import io.serai.api.state.Change;
import io.serai.api.state.CommitId;
import io.serai.api.state.Compaction;
import io.serai.api.state.Compaction.Reason;
import io.serai.api.state.Content;
import io.serai.api.state.MergeConflict;
import io.serai.api.state.StateException;
import io.serai.api.state.StatePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.Test;

public class CompactionTest extends ThreeNodes {
    private static final Retention SHORT = new Retention(Duration.ofDays(1), 2, Duration.ZERO);
    private static final Duration YEAR = Duration.ofDays(365);
    private static final StatePath A = new StatePath("deploy/a");

    @Test
    public void oldVersionsGoAndWhatIsKeptIsSaid() throws Exception {
        for (int i = 0; i < 20; i++) {
            putNoise(0, "deploy/a", 100_000, i);
        }
        put(0, "deploy/removed", "old");
        remove(0, "deploy/removed");
        clock.pass(YEAR);
        putNoise(0, "deploy/b", 10, 0);
        long before = size(0);

        Compaction asked = compact(0, true);
        assertThat(size(0)).isEqualTo(before);
        Compaction done = compact(0, false);

        assertThat(done).isEqualTo(asked);
        assertThat(done.dropped()).containsOnly(Map.entry(A, 18), Map.entry(new StatePath("deploy/removed"), 1));
        assertThat(done.bytes()).isEqualTo(18 * 100_000 + 3);
        assertThat(done.kept()).containsOnly(Map.entry(Reason.HEAD, 2), Map.entry(Reason.NEWEST, 1));
        assertThat(size(0)).isLessThan(before / 5);
        assertThat(compact(0, false).versions()).isZero();
        assertThat(compact(0, false).gone()).isEqualTo(19);
        assertThat(nodes.get(0).log(Optional.of(A), 100)).hasSize(20);
    }

    @Test
    public void whatTheStateHadWithinTheRetentionStays() throws Exception {
        CommitId first = put(0, "deploy/a", "1");
        CommitId second = put(0, "deploy/a", "2");
        put(0, "deploy/a", "3");
        clock.pass(YEAR);
        put(0, "deploy/a", "4");
        put(0, "deploy/a", "5");
        put(0, "deploy/a", "6");

        Compaction done = compact(0, false);

        assertThat(done.versions()).isEqualTo(2);
        assertThat(done.kept(Reason.RECENT)).isEqualTo(3);
        assertThat(content(0, first)).isEmpty();
        assertThat(content(0, second)).isEmpty();
    }

    @Test
    public void versionThatWasDroppedIsRefusedWithTheReasonUntilItIsPutAgain() throws Exception {
        CommitId first = put(0, "deploy/a", "first");
        CommitId second = put(0, "deploy/a", "second");
        put(0, "deploy/a", "third");
        put(0, "deploy/a", "fourth");
        clock.pass(YEAR);
        compact(0, false);
        reopen(0);
        GitStateRepository node = nodes.get(0);

        refuses(() -> node.restore(first, Set.of(A), author(0)));
        refuses(() -> node.restore(first, Set.of(), author(0)));
        refuses(() -> node.revert(second, author(0)));
        refuses(() -> node.patch(first, second, Optional.empty()));
        refuses(() -> node.head().content(blob(0, first)));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> node.at(first).content(A).orElseThrow().bytes())
                .withMessageContaining("was dropped at 2027-03-01");

        put(0, "deploy/a", "first");
        assertThat(node.at(first).content(A).orElseThrow().bytes()).hasSize(5);
    }

    private static void refuses(ThrowingCallable deed) {
        assertThatExceptionOfType(StateException.class)
                .isThrownBy(deed)
                .withMessageContainingAll("was dropped at 2027-03-01", "put the file again")
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(StateException.Reason.NOT_FOUND));
    }

    @Test
    public void newNodeGetsAllThatIsKeptAndAsksForNothingThatIsGone() throws Exception {
        for (int i = 0; i < 5; i++) {
            putNoise(0, "deploy/large", (1 << 20) + 1, i);
            put(0, "deploy/a", "version " + i);
        }
        clock.pass(YEAR);
        compact(0, false);

        send(0, 1, head(0));
        assertThat(nodes.get(1).missing(head(0))).hasSize(2);
        pull(0, 1);
        send(1, 2, head(1));
        pull(1, 2);

        for (int node = 1; node < 3; node++) {
            assertThat(head(node)).isEqualTo(head(0));
            assertThat(text(node, A)).isEqualTo("version 4");
        }
        put(2, "deploy/a", "version 5");
        assertThat(pull(2, 0)).isEqualTo(head(2));
    }

    @Test
    public void nodesThatDroppedMoreAndLessExchangeInBothDirections() throws Exception {
        putNoise(0, "deploy/a", 3_000, 0);
        for (int i = 1; i < 6; i++) {
            pull(0, 1);
            putNoise(0, "deploy/a", 3_000, i);
        }
        pull(0, 1);
        CommitId fork = head(1);
        clock.pass(YEAR);
        for (int i = 6; i < 12; i++) {
            putNoise(0, "deploy/a", 3_000, i);
        }
        clock.pass(YEAR);
        compact(0, false);
        assertThat(content(0, fork)).isEmpty();

        // an old version comes back on a node that has it still, and wins
        put(1, "deploy/b", "b");
        BlobId old = nodes.get(1).head().files().get(A);
        putNoise(1, "deploy/a", 3_000, 99);
        clock.tick();
        nodes.get(1).restore(fork, Set.of(A), author(1));
        pull(1, 0);
        pull(0, 1);

        assertThat(head(0)).isEqualTo(head(1));
        assertThat(nodes.get(0).head().files()).containsEntry(A, old);
        assertThat(nodes.get(0).head().content(A).orElseThrow().bytes()).hasSize(3_000);
    }

    @Test
    public void nodeThatWasAwayForAYearCatchesUpAndMerges() throws Exception {
        putNoise(0, "deploy/a", 5_000, 0);
        put(0, "deploy/c", "c");
        pull(0, 1);
        putNoise(1, "deploy/a", 5_000, 100);
        put(1, "deploy/away", "of the node that was away");
        for (int i = 1; i < 20; i++) {
            putNoise(0, "deploy/a", 5_000, i);
        }
        remove(0, "deploy/c");
        clock.pass(YEAR);
        compact(0, false);

        pull(0, 1);
        pull(1, 0);

        assertThat(head(0)).isEqualTo(head(1));
        assertThat(nodes.get(0).head().files()).containsOnlyKeys(A, new StatePath("deploy/away"));
        assertThat(nodes.get(0).conflicts()).hasSize(1);
    }

    @Test
    public void sidesOfAConflictStayAsLongAsAMergeMayChooseThem() throws Exception {
        put(0, "deploy/a", "common");
        pull(0, 1);
        pull(0, 2);
        CommitId lost = put(0, "deploy/a", "lost");
        put(1, "deploy/a", "won");
        pull(1, 0);
        for (int i = 0; i < 5; i++) {
            put(0, "deploy/b", "b" + i);
        }
        clock.pass(YEAR);

        compact(0, false);
        assertThat(content(0, lost)).isPresent();
        MergeConflict conflict = nodes.get(0).conflicts().get(0);
        nodes.get(0).keepWon(conflict, author(0));
        clock.pass(YEAR);
        compact(0, false);
        assertThat(content(0, lost)).isPresent();

        put(0, "deploy/a", "1");
        put(0, "deploy/a", "2");
        clock.pass(YEAR);
        compact(0, false);
        assertThat(content(0, lost)).isEmpty();
    }

    @Test
    public void changesGoOnAndBringBackWhatIsAboutToGo() throws Exception {
        GitStateRepository node = nodes.get(0);
        for (int i = 0; i < 10; i++) {
            put(0, "deploy/a", "version " + i);
        }
        clock.pass(YEAR);
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try {
            Future<?> compacting = executor.submit(() -> {
                for (int i = 0; i < 30; i++) {
                    compactUnlessDisturbed();
                }
                return null;
            });
            for (int i = 0; !compacting.isDone(); i++) {
                put(0, "deploy/a", "version " + i % 10);
                clock.pass(YEAR);
                assertThat(text(0, A)).isEqualTo("version " + i % 10);
                assertThat(node.head().content(A)).isPresent();
            }
            compacting.get();
        } finally {
            executor.shutdownNow();
        }
    }

    private void compactUnlessDisturbed() throws StateException {
        try {
            compact(0, false);
        } catch (StateException e) {
            if (e.reason() != StateException.Reason.CONFLICT) {
                throw e;
            }
        }
    }

    @Test
    public void aTransferUnderWayKeepsWhatItNeeds() throws Exception {
        CommitId old = put(0, "deploy/a", "old");
        pull(0, 1);
        for (int i = 0; i < 4; i++) {
            put(0, "deploy/a", "new " + i);
        }
        put(1, "deploy/a", "other");
        clock.tick();
        nodes.get(1).restore(old, Set.of(A), author(1));
        clock.pass(YEAR);

        send(1, 0, head(1));
        assertThat(nodes.get(0).missing(head(1))).isEmpty();
        assertThat(compact(0, false).kept(Reason.TRANSFER)).isEqualTo(1);
        nodes.get(0).include(head(1));

        assertThat(text(0, A)).isEqualTo("old");
    }

    @Test
    public void nodesEndAlikeWhateverEachHasDropped() throws Exception {
        for (int seed = 0; seed < 2; seed++) {
            Random random = new Random(seed);
            for (int step = 0; step < 80; step++) {
                int node = random.nextInt(3);
                String path = "deploy/" + "abc".charAt(random.nextInt(3));
                clock.pass(Duration.ofHours(random.nextInt(40)));
                switch (random.nextInt(7)) {
                    case 0 -> remove(node, path);
                    case 1, 2 -> pull(node, (node + 1 + random.nextInt(2)) % 3);
                    case 3 -> compact(node, false);
                    case 4 -> restoreSomething(node, random);
                    default -> put(node, path, "version " + random.nextInt(20));
                }
            }
            for (int round = 0; round < 3; round++) {
                pull(0, 1);
                pull(1, 2);
                pull(2, 0);
            }
            assertThat(head(1)).isEqualTo(head(0));
            assertThat(head(2)).isEqualTo(head(0));
            for (int node = 0; node < 3; node++) {
                for (StatePath path : nodes.get(node).head().files().keySet()) {
                    assertThat(text(node, path)).startsWith("version");
                }
            }
        }
    }

    private void restoreSomething(int node, Random random) throws StateException {
        List<CommitId> commits = new ArrayList<>();
        nodes.get(node).log(Optional.empty(), 20).forEach(revision -> commits.add(revision.commit()));
        clock.tick();
        try {
            nodes.get(node).restore(commits.get(random.nextInt(commits.size())), Set.of(), author(node));
        } catch (StateException e) {
            if (e.reason() != StateException.Reason.NOT_FOUND) {
                throw e;
            }
        }
    }

    /** As another node does: what is missing is asked for, large or small. */
    @Override
    CommitId pull(int from, int to) throws StateException, IOException {
        CommitId commit = head(from);
        if (!nodes.get(to).has(commit)) {
            send(from, to, commit);
        }
        for (BlobId content : nodes.get(to).missing(commit)) {
            long size = nodes.get(from).size(content);
            nodes.get(to).receive(content, size, 0, nodes.get(from).read(content, 0, (int) size));
        }
        return nodes.get(to).include(commit);
    }

    private void putNoise(int node, String path, int size, long seed) throws StateException {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        clock.tick();
        nodes.get(node)
                .commit(Change.of(
                        Map.of(new StatePath(path), Content.of(bytes)), Set.of(), author(node), "Put " + path));
    }

    private Compaction compact(int node, boolean dryRun) throws StateException {
        return nodes.get(node).compactor().compact(SHORT, clock.instant(), dryRun);
    }

    /** Returns what a commit has as the file, if it is there. */
    private Optional<ObjectId> content(int node, CommitId commit) throws Exception {
        ObjectId id = ObjectId.fromString(blob(node, commit).value());
        return nodes.get(node).git().getObjectDatabase().has(id) ? Optional.of(id) : Optional.empty();
    }

    private BlobId blob(int node, CommitId commit) throws StateException {
        return Optional.ofNullable(nodes.get(node).at(commit).files().get(A)).orElseThrow();
    }

    private long size(int node) throws IOException {
        long size = 0;
        try (Stream<Path> files = Files.walk(directory(node).resolve("objects"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                size += Files.size(file);
            }
        }
        return size;
    }
}
