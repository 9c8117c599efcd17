package io.serai.state.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.serai.api.state.BlobId;
import io.serai.api.state.Change;
import io.serai.api.state.StatePath;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
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

        await().until(() -> packs() == 1);

        Map<String, String> files = fixture.files();
        assertThat(files).hasSize(7).containsEntry("deploy/4.txt", "text 18");
        fixture.put("deploy/after.txt", "after");
        assertThat(RepositoryCheck.commits(fixture.directory())).isEqualTo(21);
    }

    @Test
    public void readerGoesOnWhereThePackItReadsIsReplaced() throws Exception {
        fixture.repository()
                .commit(Change.of(
                        Map.of(new StatePath("deploy/large.kar"), new Noise(6 << 20)),
                        Set.of(),
                        RepositoryFixture.ANN,
                        "Put"));
        fixture.put("deploy/b.txt", "b");
        BlobId blob = fixture.blob("deploy/large.kar");
        fixture.close();
        try (GitStore store = GitStore.open(fixture.directory(), Instant.now());
                Housekeeping housekeeping = new Housekeeping(store, Clock.systemUTC(), 10);
                InputStream in = new BlobContent(store, blob).open();
                InputStream expected = new Noise(6 << 20).open()) {
            assertThat(in.readNBytes(1 << 20)).isEqualTo(expected.readNBytes(1 << 20));

            housekeeping.repack(Instant.now().plusSeconds(60));

            assertThat(packs()).isEqualTo(1);
            assertThat(Arrays.equals(in.readAllBytes(), expected.readAllBytes()))
                    .isTrue();
        }
        fixture.open();
    }

    @Test
    public void keepsWhatNoCommitLeadsTo() throws Exception {
        fixture.close();
        try (GitStore store = GitStore.open(fixture.directory(), Instant.now());
                Housekeeping housekeeping = new Housekeeping(store, Clock.systemUTC(), 10)) {
            CommitBuilder builder = new CommitBuilder();
            ObjectId commit;
            try (ObjectBatch batch = store.batch(0)) {
                builder.setTreeId(batch.insert(new TreeFormatter()));
                builder.setAuthor(CommitAuthors.toGit(RepositoryFixture.ANN, "n", RepositoryFixture.NOW));
                builder.setCommitter(builder.getAuthor());
                builder.setMessage("about to become the head");
                commit = batch.insert(builder);
            }

            housekeeping.repack(Instant.now().plusSeconds(60));

            assertThat(store.moveMain(store.readMain(), commit)).isTrue();
            assertThat(RepositoryCheck.commits(fixture.directory())).isEqualTo(1);
        }
        fixture.open();
    }

    private int packs() {
        String[] packs =
                fixture.directory().resolve("objects/pack").toFile().list((folder, name) -> name.endsWith(".pack"));
        return packs == null ? 0 : packs.length;
    }
}
