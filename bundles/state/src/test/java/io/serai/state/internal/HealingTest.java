package io.serai.state.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.serai.api.state.CommitId;
import io.serai.api.state.StateException;
import io.serai.api.state.StatePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.internal.storage.file.Pack;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

public class HealingTest {
    @Rule
    public final RepositoryFixture fixture = new RepositoryFixture();

    private CommitId head;

    @Before
    public void commitThreeTimes() throws StateException {
        fixture.put("deploy/a.txt", "one");
        fixture.put("deploy/a.txt", "two");
        head = fixture.put("deploy/b.txt", "three");
    }

    @Test
    public void deletesLocksAndTemporaryFiles() throws Exception {
        List<String> planted = List.of(
                "HEAD.lock",
                "config.lock",
                "packed-refs.lock",
                "gc.pid",
                ".probe-1",
                "refs/heads/main.lock",
                "refs/.probe-2",
                "objects/noz123.tmp",
                "objects/insert_1.pack",
                "objects/insert_1.idx",
                "objects/incoming_1.pack",
                "objects/pack/gc_1.pack_tmp",
                "objects/pack/.tmp-1-pack",
                "objects/info/commit_1_tmp",
                "objects/ab/tmp_obj_1");
        fixture.close();
        for (String file : planted) {
            plant(file, "garbage");
        }

        fixture.open();

        assertThat(planted).noneMatch(file -> Files.exists(fixture.directory().resolve(file)));
        assertIntactAndWritable(Map.of("deploy/a.txt", "two", "deploy/b.txt", "three"));
    }

    @Test
    public void findsTheHeadAgainWhenItsReferenceIsCutOffOrGarbled() throws Exception {
        for (String reference : List.of("", head.value().substring(0, 17), "\0\0\0\0", "x".repeat(40) + "\n")) {
            fixture.close();
            plant("packed-refs", fixture.open().resolve("HEAD~1") + " refs/heads/main\n");
            fixture.close();
            plant("refs/heads/main", reference);

            fixture.open();

            assertThat(fixture.repository().head().commit()).isEqualTo(head);
        }
        assertIntactAndWritable(Map.of("deploy/a.txt", "two", "deploy/b.txt", "three"));
    }

    @Test
    public void makesWhatIsMissingOfTheRepository() throws Exception {
        fixture.close();
        plant("HEAD", "");
        plant("config", "[core");
        Files.delete(fixture.directory().resolve("objects/info"));

        fixture.open();

        assertIntactAndWritable(Map.of("deploy/a.txt", "two", "deploy/b.txt", "three"));
    }

    @Test
    public void beginsAnewWhereCreationWasBrokenOff() throws Exception {
        for (List<String> made : List.of(List.of("owner"), List.of("owner", "objects/x"), List.of("objects/pack/x"))) {
            fixture.close();
            deleteAll();
            for (String file : made) {
                plant(file, "process 1");
            }

            fixture.open();

            assertThat(fixture.files()).isEmpty();
            fixture.put("deploy/a.txt", "one");
        }
    }

    @Test
    public void doesNotMistakeAnEmptyObjectForTheContentItIsNamedAfter() throws Exception {
        fixture.close();
        plant(looseFile("new"), "");

        fixture.open();
        fixture.put("deploy/new.txt", "new");

        assertIntactAndWritable(Map.of("deploy/a.txt", "two", "deploy/b.txt", "three", "deploy/new.txt", "new"));
    }

    @Test
    public void movesUnreadableObjectsAwayAfterKill() throws Exception {
        fixture.close();
        plant(looseFile("new"), "not deflated");
        plant("owner", "process 1 since 2026-01-01T00:00:00Z\n");

        fixture.open();

        assertThat(fixture.directory().resolve(looseFile("new"))).doesNotExist();
        assertThat(fixture.directory().resolve("damaged").resolve(looseFile("new")))
                .exists();
    }

    @Test
    public void movesCutOffPacksAway() throws Exception {
        fixture.close();
        Path pack = packOf(head);
        String foreign = "objects/pack/pack-" + "0".repeat(40);
        byte[] bytes = Files.readAllBytes(pack);
        plant(foreign + ".pack", new String(bytes, 0, bytes.length / 2, StandardCharsets.ISO_8859_1));
        Files.copy(indexOf(pack), fixture.directory().resolve(foreign + ".idx"));
        String unfinished = "objects/pack/pack-" + "1".repeat(40) + ".pack";
        Files.copy(pack, fixture.directory().resolve(unfinished));

        fixture.open();

        assertThat(Stream.of(foreign + ".pack", foreign + ".idx", unfinished)).allSatisfy(file -> {
            assertThat(fixture.directory().resolve(file)).doesNotExist();
            assertThat(fixture.directory().resolve("damaged").resolve(file)).exists();
        });
        assertIntactAndWritable(Map.of("deploy/a.txt", "two", "deploy/b.txt", "three"));
    }

    @Test
    public void deletesTheIndexOfAPackThatWasNotWritten() throws Exception {
        fixture.close();
        Path orphan = fixture.directory().resolve("objects/pack/pack-" + "2".repeat(40) + ".idx");
        Files.copy(indexOf(packOf(head)), orphan);

        fixture.open();

        assertThat(orphan).doesNotExist();
        assertThat(fixture.directory().resolve("damaged")).doesNotExist();
        assertIntactAndWritable(Map.of("deploy/a.txt", "two", "deploy/b.txt", "three"));
    }

    @Test
    public void fallsBackToTheLastWholeCommitWhenThePackOfTheHeadIsAltered() throws Exception {
        fixture.close();
        Path pack = packOf(head);
        byte[] bytes = Files.readAllBytes(pack);
        bytes[bytes.length / 2] ^= 1;
        assertThat(pack.toFile().setWritable(true)).isTrue();
        Files.write(pack, bytes);
        plant("owner", "process 1 since 2026-01-01T00:00:00Z\n");

        fixture.open();

        assertIntactAndWritable(Map.of("deploy/a.txt", "two"));
    }

    @Test
    public void refusesFolderThatHoldsSomethingElse() throws IOException {
        fixture.close();
        deleteAll();
        plant("photos/holiday.jpg", "me");

        assertThatExceptionOfType(StateException.class)
                .isThrownBy(fixture::open)
                .withMessageContainingAll(
                        fixture.directory().toString(), "not a Git repository", "photos", "io.serai.state");
        assertThat(fixture.directory().resolve("objects")).doesNotExist();
    }

    private void assertIntactAndWritable(Map<String, String> files) throws StateException, IOException {
        assertThat(fixture.files()).isEqualTo(files);
        assertThat(RepositoryCheck.commits(fixture.directory())).isGreaterThan(1);
        fixture.put("deploy/after.txt", "after");
        assertThat(fixture.reopen().head().files()).containsKey(new StatePath("deploy/after.txt"));
        assertThat(RepositoryCheck.commits(fixture.directory())).isGreaterThan(2);
    }

    private void plant(String file, String text) throws IOException {
        Path path = fixture.directory().resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text, StandardCharsets.ISO_8859_1);
    }

    private static String looseFile(String text) {
        String id = new ObjectInserter.Formatter()
                .idFor(Constants.OBJ_BLOB, text.getBytes(StandardCharsets.UTF_8))
                .name();
        return "objects/" + id.substring(0, 2) + "/" + id.substring(2);
    }

    private Path packOf(CommitId commit) throws IOException {
        ObjectId id = ObjectId.fromString(commit.value());
        try (FileRepository repository = new FileRepository(fixture.directory().toFile())) {
            for (Pack pack : repository.getObjectDatabase().getPacks()) {
                if (pack.hasObject(id)) {
                    return pack.getPackFile().toPath();
                }
            }
        }
        throw new AssertionError("no pack has commit " + commit);
    }

    private static Path indexOf(Path pack) {
        return pack.resolveSibling(pack.getFileName().toString().replace(".pack", ".idx"));
    }

    private void deleteAll() throws IOException {
        try (Stream<Path> files = Files.walk(fixture.directory())) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }
}
