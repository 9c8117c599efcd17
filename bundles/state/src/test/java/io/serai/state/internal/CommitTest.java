package io.serai.state.internal;

import static io.serai.state.internal.RepositoryFixture.ANN;
import static io.serai.state.internal.RepositoryFixture.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.serai.api.state.Author;
import io.serai.api.state.BlobId;
import io.serai.api.state.Change;
import io.serai.api.state.CommitId;
import io.serai.api.state.Content;
import io.serai.api.state.Revision;
import io.serai.api.state.Snapshot;
import io.serai.api.state.StateException;
import io.serai.api.state.StateException.Reason;
import io.serai.api.state.StatePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.revwalk.RevWalk;
import org.junit.Rule;
import org.junit.Test;

public class CommitTest {
    @Rule
    public final RepositoryFixture fixture = new RepositoryFixture();

    @Test
    public void putsChangesAndRemovesFilesAsOneCommit() throws StateException {
        fixture.put("deploy/a.jar", "one");
        fixture.put("deploy/b.jar", "two");

        CommitId commit = fixture.repository()
                .commit(new Change(
                        Map.of(
                                new StatePath("deploy/a.jar"), RepositoryFixture.text("three"),
                                new StatePath("groups/cpu/deploy/ä.jar"), RepositoryFixture.text("four")),
                        Set.of(new StatePath("deploy/b.jar")),
                        BOB,
                        "Change all",
                        Optional.empty()));

        assertThat(fixture.repository().head().commit()).isEqualTo(commit);
        Map<String, String> expected = Map.of("deploy/a.jar", "three", "groups/cpu/deploy/ä.jar", "four");
        assertThat(fixture.files()).isEqualTo(expected);
        fixture.reopen();
        assertThat(fixture.repository().head().commit()).isEqualTo(commit);
        assertThat(fixture.files()).isEqualTo(expected);
        assertThat(fixture.repository().log(Optional.empty(), 99)).hasSize(4);
    }

    @Test
    public void keepsAuthorTimeAndMessage() throws StateException {
        for (Author author : List.of(BOB, new Author("Ünal von \"Überall\".", "folder"), new Author(" x\t", "node"))) {
            String message = "Say \u00e4\n\n  why: " + author.name() + "\n";
            fixture.repository()
                    .commit(new Change(
                            Map.of(new StatePath("deploy/a"), RepositoryFixture.text(author.name())),
                            Set.of(),
                            author,
                            message,
                            Optional.empty()));

            Revision revision = fixture.repository().log(Optional.empty(), 1).get(0);
            assertThat(revision.author()).isEqualTo(author);
            assertThat(revision.message()).isEqualTo(message);
            assertThat(revision.time()).isEqualTo(RepositoryFixture.NOW);
        }
    }

    @Test
    public void makesNoCommitForWhatAltersNothing() throws StateException {
        CommitId commit = fixture.put("deploy/a.jar", "one");

        assertThat(fixture.put("deploy/a.jar", "one")).isEqualTo(commit);
        assertThat(fixture.remove("deploy/absent.jar")).isEqualTo(commit);
        assertThat(fixture.repository().log(Optional.empty(), 99)).hasSize(2);
    }

    @Test
    public void beginsWithTheSameCommitEverywhere() {
        assertThat(fixture.repository().head().commit()).hasToString("95ab67f43781a546206e6ef2f350e6ce4a0f3fd1");
    }

    @Test
    public void refusesChangeOfFileThatHasChangedSinceItsBase() throws StateException {
        CommitId base = fixture.put("deploy/a.jar", "one");
        CommitId other = fixture.repository()
                .commit(RepositoryFixture.put(Optional.empty(), BOB, Map.of("deploy/a.jar", "two")));

        assertThatExceptionOfType(StateException.class)
                .isThrownBy(() -> fixture.repository()
                        .commit(RepositoryFixture.put(
                                Optional.of(base), ANN, Map.of("deploy/a.jar", "three", "deploy/b.jar", "x"))))
                .withMessageContainingAll(
                        "deploy/a.jar", "Bob O'Neil", "rest", "2026-03-01T12:00:00Z", other.shortValue())
                .satisfies(refusal -> {
                    assertThat(refusal.reason()).isEqualTo(Reason.CONFLICT);
                    assertThat(refusal.paths()).containsOnlyKeys(new StatePath("deploy/a.jar"));
                });
        assertThat(fixture.repository().head().commit()).isEqualTo(other);
    }

    @Test
    public void allowsOldBaseWhereOtherFilesChangedOrTheSameBytesAreThere() throws StateException {
        CommitId base = fixture.put("deploy/a.jar", "one");
        fixture.put("deploy/b.jar", "two");

        fixture.repository().commit(RepositoryFixture.put(Optional.of(base), ANN, Map.of("deploy/a.jar", "three")));
        fixture.repository().commit(RepositoryFixture.put(Optional.of(base), ANN, Map.of("deploy/b.jar", "two")));

        assertThat(fixture.files()).isEqualTo(Map.of("deploy/a.jar", "three", "deploy/b.jar", "two"));
    }

    @Test
    public void refusesChangeOfFileRemovedSinceAndBaseThatNeverWas() throws StateException {
        CommitId base = fixture.put("deploy/a.jar", "one");
        fixture.remove("deploy/a.jar");

        assertThatExceptionOfType(StateException.class)
                .isThrownBy(() -> fixture.repository()
                        .commit(RepositoryFixture.put(Optional.of(base), BOB, Map.of("deploy/a.jar", "two"))))
                .withMessageContaining("removed by Ann");
        assertThatExceptionOfType(StateException.class)
                .isThrownBy(() -> fixture.repository()
                        .commit(RepositoryFixture.put(
                                Optional.of(new CommitId("0".repeat(39) + "1")), BOB, Map.of("deploy/a.jar", "two"))))
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.NOT_FOUND));
    }

    @Test
    public void landsEveryOneOfManyConcurrentChanges() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<CommitId>> commits = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            String path = "deploy/" + i + ".jar";
            commits.add(threads.submit(() -> fixture.put(path, path)));
        }
        threads.shutdown();
        for (Future<CommitId> commit : commits) {
            commit.get();
        }

        assertThat(fixture.files()).hasSize(40);
        List<Revision> log = fixture.repository().log(Optional.empty(), 99);
        assertThat(log).hasSize(41);
        assertThat(log).filteredOn(revision -> revision.parents().size() != 1).hasSize(1);
    }

    @Test
    public void buildsOnACommitThatAnotherProgramMade() throws Exception {
        CommitId first = fixture.put("deploy/a.jar", "one");
        ObjectId other = commitByAnotherProgram(first);

        CommitId last = fixture.put("deploy/b.jar", "two");

        assertThat(fixture.repository().log(Optional.empty(), 3))
                .extracting(revision -> revision.commit().value())
                .containsExactly(last.value(), other.name(), first.value());
        assertThat(fixture.files()).isEqualTo(Map.of("deploy/a.jar", "one", "deploy/b.jar", "two"));
    }

    private ObjectId commitByAnotherProgram(CommitId parent) throws IOException {
        try (FileRepository other = new FileRepository(fixture.directory().toFile());
                RevWalk walk = new RevWalk(other);
                ObjectInserter inserter = other.newObjectInserter()) {
            CommitBuilder builder = new CommitBuilder();
            builder.setParentId(ObjectId.fromString(parent.value()));
            builder.setTreeId(walk.parseCommit(builder.getParentIds()[0]).getTree());
            builder.setAuthor(new PersonIdent("", "", RepositoryFixture.NOW, ZoneOffset.UTC));
            builder.setCommitter(builder.getAuthor());
            builder.setMessage("by hand");
            ObjectId commit = inserter.insert(builder);
            RefUpdate update = other.updateRef("refs/heads/main");
            update.setNewObjectId(commit);
            assertThat(update.update()).isEqualTo(RefUpdate.Result.FAST_FORWARD);
            return commit;
        }
    }

    @Test
    public void refusesFileInPlaceOfFolderAndFolderInPlaceOfFile() throws StateException {
        fixture.put("deploy/a/b.jar", "one");
        fixture.put("deploy/c", "two");

        assertInvalid(Map.of("deploy/a", "x"), "there is a folder of that name");
        assertInvalid(Map.of("deploy/c/d", "x"), "'c' is a file");
        assertInvalid(Map.of("deploy/e", "x", "deploy/e/f", "y"), "there is a folder of that name");

        fixture.repository()
                .commit(new Change(
                        Map.of(
                                new StatePath("deploy/a"), RepositoryFixture.text("x"),
                                new StatePath("deploy/c/d"), RepositoryFixture.text("y")),
                        Set.of(new StatePath("deploy/a/b.jar"), new StatePath("deploy/c")),
                        ANN,
                        "Swap files and folders",
                        Optional.empty()));
        assertThat(fixture.files()).isEqualTo(Map.of("deploy/a", "x", "deploy/c/d", "y"));
    }

    @Test
    public void refusesNamesThatDifferOnlyInCaseOrComposition() throws StateException {
        fixture.put("deploy/Orders.jar", "one");
        fixture.put("groups/cpu/deploy/\u00e9.jar", "two");

        assertInvalid(Map.of("deploy/orders.jar", "x"), "differ only in case");
        assertInvalid(Map.of("groups/CPU/deploy/a.jar", "x"), "'cpu' and 'CPU' differ only in case");
        assertInvalid(Map.of("groups/cpu/deploy/e\u0301.jar", "x"), "differ only in case");
        fixture.repository()
                .commit(new Change(
                        Map.of(new StatePath("deploy/orders.jar"), RepositoryFixture.text("x")),
                        Set.of(new StatePath("deploy/Orders.jar")),
                        ANN,
                        "Rename",
                        Optional.empty()));
        assertThat(fixture.files()).containsOnlyKeys("deploy/orders.jar", "groups/cpu/deploy/\u00e9.jar");
    }

    @Test
    public void keepsSnapshotsAsTheyWere() throws StateException {
        CommitId first = fixture.put("deploy/a.jar", "one");
        Snapshot snapshot = fixture.repository().head();
        BlobId one = fixture.blob("deploy/a.jar");
        fixture.put("deploy/a.jar", "two");

        assertThat(snapshot.files()).containsExactly(Map.entry(new StatePath("deploy/a.jar"), one));
        assertThat(fixture.read(one)).isEqualTo("one");
        assertThat(fixture.repository().at(first).files()).isEqualTo(snapshot.files());
        fixture.reopen();
        assertThat(fixture.repository().at(first).files()).isEqualTo(snapshot.files());
    }

    @Test
    public void listsFoldersInTheOrderGitDemands() throws Exception {
        Map<String, String> files = new HashMap<>();
        for (String path :
                List.of("deploy/a/x", "deploy/a.b", "deploy/a0", "deploy/a-b/x", "deploy/ab", "deploy/ü/x")) {
            files.put(path, path);
        }
        fixture.repository().commit(RepositoryFixture.put(Optional.empty(), ANN, files));
        fixture.reopen();

        assertThat(fixture.files()).isEqualTo(files);
        assertThat(RepositoryCheck.commits(fixture.directory())).isEqualTo(2);
    }

    @Test
    public void storesEqualFilesAndFoldersOfOneChangeOnce() throws Exception {
        Map<StatePath, Content> puts = new HashMap<>();
        for (String group : List.of("a", "b", "c")) {
            puts.put(new StatePath("groups/" + group + "/deploy/large.kar"), new Noise(2 << 20));
            for (int i = 0; i < 900; i++) {
                puts.put(new StatePath("groups/" + group + "/deploy/" + i), RepositoryFixture.text("same"));
            }
        }

        fixture.repository().commit(Change.of(puts, Set.of(), ANN, "Put"));

        assertThat(RepositoryCheck.commits(fixture.directory())).isEqualTo(2);
        try (Stream<Path> files = Files.walk(fixture.directory())) {
            assertThat(files.mapToLong(file -> file.toFile().length()).sum()).isLessThan(3 << 20);
        }
    }

    private void assertInvalid(Map<String, String> files, String message) {
        assertThatExceptionOfType(StateException.class)
                .isThrownBy(() -> fixture.repository().commit(RepositoryFixture.put(Optional.empty(), ANN, files)))
                .withMessageContaining(message)
                .satisfies(refusal -> {
                    assertThat(refusal.reason()).isEqualTo(Reason.INVALID);
                    assertThat(refusal.paths()).isNotEmpty();
                });
    }
}
