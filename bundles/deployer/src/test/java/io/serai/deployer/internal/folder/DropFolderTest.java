package io.serai.deployer.internal.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import io.serai.api.deploy.Verdict;
import io.serai.api.deploy.Verdict.State;
import io.serai.api.security.AuditLog;
import io.serai.api.security.AuditLog.Event;
import io.serai.api.security.AuditLog.Outcome;
import io.serai.api.state.Author;
import io.serai.api.state.BlobId;
import io.serai.api.state.Change;
import io.serai.api.state.Content;
import io.serai.api.state.ContentValidator;
import io.serai.api.state.StateException;
import io.serai.api.state.StatePath;
import io.serai.deployer.fixture.DeafListener;
import io.serai.deployer.fixture.MemoryRepository;
import io.serai.deployer.fixture.TestBundle;
import io.serai.deployer.internal.reconcile.VerdictBook;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.core.ConditionFactory;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class DropFolderTest {
    @Rule
    public final TemporaryFolder temporary = new TemporaryFolder();

    private final MemoryRepository repository = new MemoryRepository();
    private final VerdictBook book = new VerdictBook(Clock.systemUTC(), new DeafListener());
    private Path folder;
    private DropFolder watched;

    private static final class RefusesBroken implements ContentValidator {
        @Override
        public boolean handles(StatePath path) {
            return true;
        }

        @Override
        public void validate(StatePath path, Content content) throws StateException {
            try {
                if (new String(content.bytes(), StandardCharsets.UTF_8).contains("broken")) {
                    throw new StateException(StateException.Reason.INVALID, path + " is broken", null);
                }
            } catch (IOException e) {
                throw new StateException(StateException.Reason.IO, "unreadable", e);
            }
        }
    }

    private final LateAudit audit = new LateAudit();

    @Before
    public void start() throws IOException {
        folder = temporary.getRoot().toPath().resolve("deploy");
        repository.validateBy(new RefusesBroken());
        repository.listen((before, after) -> watched.headMoved());
        watch();
    }

    @Test
    public void recordsWhatThereWasBeforeTheAuditLogToo() {
        write("a.cfg", "x=1");
        awaitState("a.cfg", "x=1");
        KeptAudit log = new KeptAudit();
        audit.arrived(log);
        write("b.cfg", "broken");

        soon().until(() -> log.events.size() == 2);
        assertThat(log.events)
                .extracting(Event::user, Event::face, Event::action, Event::object, Event::outcome)
                .containsExactly(
                        tuple("deploy", "folder", "write", "artifact/a.cfg", Outcome.DONE),
                        tuple("deploy", "folder", "write", "artifact/b.cfg", Outcome.FAILED));
    }

    /** Keeps what is recorded. */
    private static final class KeptAudit implements AuditLog {
        private final List<Event> events = new CopyOnWriteArrayList<>();

        @Override
        public void record(Event event) {
            events.add(event);
        }

        @Override
        public List<Entry> search(Query query) {
            throw new UnsupportedOperationException("Nobody searches here");
        }

        @Override
        public Optional<Entry> find(long number) {
            return Optional.empty();
        }

        @Override
        public Optional<Long> verify() {
            return Optional.empty();
        }
    }

    private void watch() {
        watched = new DropFolder(
                new DropFolder.Place(
                        folder,
                        temporary.getRoot().toPath().resolve("folder.json"),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(1)),
                repository,
                book,
                new Author("node1", "folder"),
                audit);
        watched.start();
        soon().until(() -> Files.exists(folder.resolve(".serai-folder")));
    }

    @After
    public void stop() {
        watched.close();
    }

    private static ConditionFactory soon() {
        return await().pollInterval(Duration.ofMillis(5)).atMost(Duration.ofSeconds(5));
    }

    private void write(String name, String text) {
        try {
            Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void move(String name, byte[] bytes) throws IOException {
        Path aside = temporary.newFile().toPath();
        Files.write(aside, bytes);
        Files.move(aside, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private Optional<String> state(String name) {
        return repository.head().content(new StatePath("deploy/" + name)).map(content -> {
            try {
                return new String(content.bytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    private void awaitState(String name, String text) {
        soon().until(() -> state(name).filter(text::equals).isPresent());
    }

    private void awaitFile(String name, String text) {
        Path file = folder.resolve(name);
        soon().until(() -> Files.exists(file) && Files.readString(file).equals(text));
    }

    private Verdict verdict(String name) {
        return book.find(new StatePath("deploy/" + name)).orElseThrow();
    }

    @Test
    public void commitsWhatIsPutChangedAndDeleted() throws IOException {
        write("a.cfg", "x=1");
        awaitState("a.cfg", "x=1");
        write("a.cfg", "x=2");
        awaitState("a.cfg", "x=2");
        Files.delete(folder.resolve("a.cfg"));
        soon().until(() -> state("a.cfg").isEmpty());

        List<Change> changes = repository.changes();
        assertThat(changes).extracting(Change::message).containsExactly("Put a.cfg", "Put a.cfg", "Remove a.cfg");
        assertThat(changes.get(0).author()).isEqualTo(new Author("node1", "folder"));
    }

    @Test
    public void takesManyFilesAsOneChangeAndLeavesBrokenOnesOut() {
        for (int i = 0; i < 200; i++) {
            write("f" + i + ".cfg", i % 20 == 0 ? "broken" : "x=" + i);
        }

        soon().until(() -> repository.head().files().size() == 190);
        assertThat(repository.changes()).hasSize(1);
        Verdict refused = verdict("f20.cfg");
        assertThat(refused.state()).isEqualTo(State.FAILED);
        assertThat(refused.message()).contains("deploy/f20.cfg is broken");
        assertThat(refused.wanted()).isPresent();
    }

    @Test
    public void offersRefusedContentAgainWhenItChanges() {
        write("a.cfg", "good=1");
        awaitState("a.cfg", "good=1");
        write("a.cfg", "broken");
        soon().until(() -> book.find(new StatePath("deploy/a.cfg")).isPresent());
        assertThat(state("a.cfg")).contains("good=1");

        write("a.cfg", "good=2");

        awaitState("a.cfg", "good=2");
        soon().until(() -> book.find(new StatePath("deploy/a.cfg")).isEmpty());
    }

    @Test
    public void refusedContentThatIsDeletedIsForgotten() throws IOException {
        write("a.cfg", "broken");
        soon().until(() -> book.find(new StatePath("deploy/a.cfg")).isPresent());

        Files.delete(folder.resolve("a.cfg"));

        soon().until(() -> book.find(new StatePath("deploy/a.cfg")).isEmpty());
    }

    @Test
    public void ignoresNamesOfUnfinishedFilesAndFolders() throws IOException {
        for (String name : List.of(".a.jar.x7Gh2k", "a.jar~", "a.tmp", "a.jar.part", ".a.swp", "#a#", "4913")) {
            write(name, "x");
        }
        Files.createDirectory(folder.resolve("folder"));
        write("a.cfg", "x=1");

        awaitState("a.cfg", "x=1");
        assertThat(repository.head().files()).hasSize(1);
    }

    @Test
    public void writesToTheFolderWhatIsCommittedElsewhere() {
        write("a.cfg", "x=1");
        awaitState("a.cfg", "x=1");

        repository.put("deploy/a.cfg", "x=2");
        repository.put("deploy/b.cfg", "y=1");
        awaitFile("a.cfg", "x=2");
        awaitFile("b.cfg", "y=1");
        repository.remove("deploy/a.cfg");
        soon().until(() -> Files.notExists(folder.resolve("a.cfg")));

        assertThat(repository.head().files()).hasSize(1);
    }

    @Test
    public void waitsForAJarThatStallsAndRefusesOneThatStaysCutOff() throws Exception {
        byte[] jar = TestBundle.named("a", "1.0.0").jar();
        int half = jar.length / 2;
        try (OutputStream out = Files.newOutputStream(folder.resolve("a.jar"))) {
            out.write(jar, 0, half);
            out.flush();
            write("b.cfg", "x=1");
            awaitState("b.cfg", "x=1");
            assertThat(state("a.jar")).isEmpty();
            out.write(jar, half, jar.length - half);
        }
        soon().until(() -> state("a.jar").isPresent());
        BlobId whole = BlobIds.of(Content.of(jar));
        assertThat(repository.head().files()).containsEntry(new StatePath("deploy/a.jar"), whole);

        move("cut.jar", Arrays.copyOf(jar, half));
        soon().until(() -> state("cut.jar").isPresent());
    }

    @Test
    public void aFolderThatVanishesIsNoMassDelete() throws IOException {
        write("a.cfg", "x=1");
        write("b.cfg", "x=2");
        soon().until(() -> repository.head().files().size() == 2);

        Path aside = folder.resolveSibling("elsewhere");
        Files.move(folder, aside);
        watched.close();
        watch();

        awaitFile("a.cfg", "x=1");
        awaitFile("b.cfg", "x=2");
        assertThat(repository.head().files()).hasSize(2);
        write("c.cfg", "x=3");
        awaitState("c.cfg", "x=3");
    }

    @Test
    public void aFolderThatIsDeletedWhileItIsWatchedComesBack() throws IOException {
        write("a.cfg", "x=1");
        awaitState("a.cfg", "x=1");

        Files.delete(folder.resolve("a.cfg"));
        Files.delete(folder.resolve(".serai-folder"));
        Files.delete(folder);

        awaitFile("a.cfg", "x=1");
        write("c.cfg", "x=3");
        awaitState("c.cfg", "x=3");
        assertThat(state("a.cfg")).contains("x=1");
    }

    @Test
    public void aFolderThatIsMovedAwayWhileItIsWatchedComesBack() throws IOException {
        write("a.cfg", "x=1");
        awaitState("a.cfg", "x=1");
        int changes = repository.changes().size();

        Path aside = folder.resolveSibling("elsewhere");
        Files.move(folder, aside);
        Files.writeString(aside.resolve("b.cfg"), "x=2");

        awaitFile("a.cfg", "x=1");
        assertThat(repository.changes()).hasSize(changes);
        write("c.cfg", "x=3");
        awaitState("c.cfg", "x=3");
        assertThat(state("b.cfg")).isEmpty();
    }

    @Test
    public void takesAFolderThatIsMovedInItsPlace() throws IOException {
        write("a.cfg", "x=1");
        write("b.cfg", "x=1");
        soon().until(() -> repository.head().files().size() == 2);
        Path other = temporary.newFolder("other").toPath();
        Files.writeString(other.resolve("b.cfg"), "x=2");
        Files.writeString(other.resolve("c.cfg"), "x=3");

        Files.move(folder, folder.resolveSibling("elsewhere"));
        Files.move(other, folder);

        awaitState("b.cfg", "x=2");
        awaitState("c.cfg", "x=3");
        awaitFile("a.cfg", "x=1");
        assertThat(folder.resolveSibling("elsewhere").resolve("a.cfg")).exists();
    }

    @Test
    public void honoursWhatHappenedWhileTheNodeWasDown() throws IOException {
        write("removed.cfg", "x=1");
        write("changed.cfg", "x=1");
        write("both.cfg", "x=1");
        write("other.cfg", "x=1");
        soon().until(() -> repository.head().files().size() == 4);
        soon().until(() ->
                Files.readString(folder.resolveSibling("folder.json")).contains("removed.cfg"));
        watched.close();

        Files.delete(folder.resolve("removed.cfg"));
        write("changed.cfg", "x=2");
        write("both.cfg", "x=folder");
        repository.put(Map.of("deploy/both.cfg", bytes("x=state"), "deploy/other.cfg", bytes("x=state")));
        watch();

        soon().until(() -> state("removed.cfg").isEmpty());
        awaitState("changed.cfg", "x=2");
        awaitState("both.cfg", "x=folder");
        awaitFile("other.cfg", "x=state");
    }

    @Test
    public void keepsFilesAndTriesAgainWhenTheStateCannotBeWritten() {
        repository.failWith(new StateException(StateException.Reason.IO, "The disk is full.", null));
        write("a.cfg", "x=1");
        soon().until(() -> book.find(new StatePath("deploy/a.cfg")).isPresent());
        assertThat(verdict("a.cfg").message()).contains("The disk is full.").contains("tried again");

        repository.failWith(null);

        awaitState("a.cfg", "x=1");
        soon().until(() -> book.find(new StatePath("deploy/a.cfg")).isEmpty());
    }

    @Test
    public void aFileThatIsReplacedByDeletingItFirstIsNotRemovedInBetween() throws IOException {
        write("a.cfg", "x=1");
        awaitState("a.cfg", "x=1");

        Files.delete(folder.resolve("a.cfg"));
        write("a.cfg", "x=2");

        awaitState("a.cfg", "x=2");
        assertThat(repository.changes()).extracting(Change::message).containsOnly("Put a.cfg");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
