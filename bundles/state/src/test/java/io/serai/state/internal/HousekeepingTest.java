package io.serai.state.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.serai.api.state.BlobId;
import io.serai.api.state.Change;
import io.serai.api.state.CommitId;
import io.serai.api.state.Content;
import io.serai.api.state.StateException;
import io.serai.api.state.StatePath;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.TreeFormatter;
import org.junit.Rule;
import org.junit.Test;

public class HousekeepingTest {
    @Rule
    public final RepositoryFixture fixture = new RepositoryFixture();

    @Test
    public void packsIntoOneInTheBackgroundAndLosesNothing() throws Exception {
        fixture.close();
        Clock nextYear = Clock.offset(Clock.systemUTC(), Duration.ofDays(365));
        fixture.open(nextYear, 20);
        for (int i = 0; i < 19; i++) {
            fixture.put("deploy/" + i % 7 + ".txt", "text " + i);
        }

        await().until(() -> packNames().length == 1);

        Map<String, String> files = fixture.files();
        assertThat(files).hasSize(7).containsEntry("deploy/4.txt", "text 18");
        fixture.put("deploy/after.txt", "after");
        assertThat(RepositoryCheck.commits(fixture.directory())).isEqualTo(21);
    }

    @Test
    public void commitsAreMadeWhileItRepacks() throws Exception {
        fixture.close();
        fixture.open(Clock.systemUTC(), 2);
        for (int i = 0; i < 60; i++) {
            fixture.put("deploy/a.txt", "text " + i);
        }

        assertThat(fixture.files()).containsEntry("deploy/a.txt", "text 59");
        fixture.close();
        assertThat(RepositoryCheck.commits(fixture.directory())).isEqualTo(61);
        fixture.open();
    }

    @Test
    public void leavesALargePackAsItIs() throws Exception {
        put("deploy/large.kar", new Noise(1 << 20));
        fixture.put("deploy/b.txt", "b");
        fixture.put("deploy/b.txt", "c");
        Set<String> before = Set.of(packNames());
        fixture.close();
        try (GitStore store = GitStore.open(fixture.directory(), Instant.now());
                Housekeeping housekeeping = new Housekeeping(store, Clock.systemUTC(), 10)) {
            housekeeping.repack(Instant.now());
        }

        assertThat(packNames()).hasSize(2);
        assertThat(before).containsAnyOf(packNames());
        fixture.open();
        assertThat(fixture.files()).containsEntry("deploy/b.txt", "c").containsKey("deploy/large.kar");
    }

    @Test
    public void readerGoesOnWhereThePackItReadsIsReplaced() throws Exception {
        put("deploy/large.kar", new Noise(4 << 20));
        put("deploy/other.kar", new Noise(3 << 20));
        BlobId blob = fixture.blob("deploy/large.kar");
        fixture.close();
        try (GitStore store = GitStore.open(fixture.directory(), Instant.now());
                Housekeeping housekeeping = new Housekeeping(store, Clock.systemUTC(), 10);
                InputStream in = new BlobContent(store, blob).open();
                InputStream expected = new Noise(4 << 20).open()) {
            assertThat(in.readNBytes(1 << 20)).isEqualTo(expected.readNBytes(1 << 20));

            housekeeping.repack(Instant.now().plusSeconds(60));

            assertThat(packNames()).hasSize(1);
            assertThat(Arrays.equals(in.readAllBytes(), expected.readAllBytes()))
                    .isTrue();
        }
        fixture.open();
    }

    @Test
    public void keepsWhatNoCommitLeadsToYet() throws Exception {
        fixture.close();
        try (GitStore store = GitStore.open(fixture.directory(), Instant.now());
                Housekeeping housekeeping = new Housekeeping(store, Clock.systemUTC(), 10)) {
            ObjectId commit = insertCommit(store);

            housekeeping.repack(Instant.now().minusSeconds(60));

            assertThat(store.moveMain(store.readMain(), commit)).isTrue();
            assertThat(RepositoryCheck.commits(fixture.directory())).isEqualTo(1);
        }
        fixture.open();
    }

    @Test
    public void deletesWhatAnInterruptedCommitHasLeft() throws Exception {
        fixture.close();
        try (GitStore store = GitStore.open(fixture.directory(), Instant.now());
                Housekeeping housekeeping = new Housekeeping(store, Clock.systemUTC(), 10)) {
            ObjectId commit = insertCommit(store);

            housekeeping.repack(Instant.now().plusSeconds(60));

            assertThatExceptionOfType(StateException.class).isThrownBy(() -> store.commit(new CommitId(commit.name())));
            assertThat(packNames()).hasSize(1);
        }
        fixture.open();
    }

    private static ObjectId insertCommit(GitStore store) throws IOException {
        CommitBuilder builder = new CommitBuilder();
        try (ObjectBatch batch = store.batch(0)) {
            builder.setTreeId(batch.insert(new TreeFormatter()));
            builder.setAuthor(CommitAuthors.toGit(RepositoryFixture.ANN, "n", RepositoryFixture.NOW));
            builder.setCommitter(builder.getAuthor());
            builder.setMessage("about to become the head");
            return batch.insert(builder);
        }
    }

    private void put(String path, Content content) throws StateException {
        fixture.repository()
                .commit(Change.of(Map.of(new StatePath(path), content), Set.of(), RepositoryFixture.ANN, "Put"));
    }

    private String[] packNames() {
        return Objects.requireNonNull(
                fixture.directory().resolve("objects/pack").toFile().list((folder, name) -> name.endsWith(".pack")));
    }
}
