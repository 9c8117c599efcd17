package io.serai.security.internal.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.serai.api.security.AuditLog;
import io.serai.api.security.AuditLog.Entry;
import io.serai.api.security.AuditLog.Event;
import io.serai.api.security.AuditLog.Outcome;
import io.serai.api.security.AuditLog.Query;
import io.serai.security.internal.SecuritySettings.AuditFolder;
import io.serai.security.internal.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class ChainedAuditLogTest {
    private static final Query ALL = query(Optional.empty(), Optional.empty(), 10_000);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final TestClock clock = new TestClock();
    private Path directory;

    @Before
    public void choose() {
        directory = folder.getRoot().toPath().resolve("audit");
    }

    @Test
    public void findsWhatWasRecordedNewestFirstAlsoAfterARestart() {
        ChainedAuditLog log = open();
        log.record(event("ann", "artifact/a.jar"));
        clock.advance(Duration.ofMinutes(1));
        log.record(event("bob", "artifact/b.jar"));
        log.close();

        AuditLog again = open();
        again.record(event("ann", "role/r"));

        assertThat(again.search(ALL)).extracting(Entry::number).containsExactly(3L, 2L, 1L);
        assertThat(again.search(query(Optional.of("ann"), Optional.empty(), 10)))
                .extracting(entry -> entry.event().object())
                .containsExactly("role/r", "artifact/a.jar");
        assertThat(again.search(query(Optional.empty(), Optional.of(clock.instant()), 10)))
                .hasSize(2);
        assertThat(again.search(query(Optional.empty(), Optional.empty(), 1))).hasSize(1);
        assertThat(again.verify()).isEmpty();
    }

    @Test
    public void noTextCanPretendToBeAnotherEntry() throws IOException {
        AuditLog log = open();
        String evil = "x\"}\n{\"number\":99,\r\u2028\u0000\ud800";

        log.record(new Event(evil, evil, "rest", "login", evil, Outcome.REFUSED, "y".repeat(100_000)));

        assertThat(Files.readAllLines(files().get(0))).hasSize(1);
        Entry entry = log.search(ALL).get(0);
        assertThat(entry.event().user()).isEqualTo(evil);
        assertThat(entry.event().detail()).hasSizeLessThan(1_100);
        assertThat(log.verify()).isEmpty();
    }

    @Test
    public void changedRemovedOrSwappedEntriesAreFound() throws IOException {
        AuditLog log = open();
        IntStream.rangeClosed(1, 5).forEach(number -> log.record(event("user" + number, "")));
        Path file = files().get(0);
        List<String> lines = Files.readAllLines(file);

        Files.writeString(file, Files.readString(file).replace("user3", "user9"));
        assertThat(log.verify()).contains(3L);

        List<String> without = new ArrayList<>(lines);
        without.remove(1);
        Files.write(file, without);
        assertThat(log.verify()).contains(2L);

        Files.write(file, List.of(lines.get(0), lines.get(2), lines.get(1), lines.get(3), lines.get(4)));
        assertThat(log.verify()).contains(2L);

        Files.write(file, lines.subList(0, 4));
        assertThat(log.verify()).contains(5L);
    }

    @Test
    public void theChainGoesOnOverFilesThatAreFull() throws IOException {
        ChainedAuditLog log = open();
        IntStream.rangeClosed(1, 500).forEach(number -> log.record(event("user" + number, "")));
        log.close();

        AuditLog again = open();
        again.record(event("last", ""));

        assertThat(files()).hasSizeGreaterThan(2);
        assertThat(again.verify()).isEmpty();
        assertThat(again.search(ALL)).hasSize(501);
        assertThat(again.search(query(Optional.of("user1"), Optional.empty(), 1)))
                .hasSize(1);

        Files.delete(files().get(0)); // moved to an archive
        assertThat(again.verify()).isEmpty();
        Files.delete(files().get(1));
        assertThat(again.verify()).isNotEmpty();
    }

    @Test
    public void aLineThatACrashHasTornIsPutAsideAndThatIsRecorded() throws IOException {
        for (String torn : List.of("{\"v\":1,\"number\":2,\"no", "\0\0\0\0", "{}\n{\"v\":", "\n\n")) {
            ChainedAuditLog log = open();
            log.record(event("before", ""));
            log.close();
            Path file = files().get(0);
            Files.writeString(file, torn, StandardOpenOption.APPEND);

            ChainedAuditLog again = open();
            again.record(event("after", ""));

            assertThat(again.verify()).isEmpty();
            assertThat(again.search(ALL))
                    .extracting(entry -> entry.event().user())
                    .startsWith("after", "", "before");
            assertThat(again.search(ALL).get(1).event().detail()).contains("were no entry", "torn-");
            again.close();
        }
        assertThat(directory.toFile().list((in, name) -> name.startsWith("torn-")))
                .hasSize(4);
    }

    @Test
    public void eachEntryOfManyThreadsIsThereOnce() throws Exception {
        AuditLog log = open();
        ExecutorService threads = Executors.newFixedThreadPool(16);
        List<Future<?>> done = new ArrayList<>();
        for (int thread = 0; thread < 16; thread++) {
            String user = "user" + thread;
            done.add(threads.submit(
                    () -> IntStream.range(0, 50).forEach(number -> log.record(event(user, "n" + number)))));
        }
        for (Future<?> each : done) {
            each.get();
        }
        threads.shutdown();

        assertThat(log.search(ALL))
                .hasSize(800)
                .extracting(entry -> entry.event().user() + entry.event().object())
                .doesNotHaveDuplicates();
        assertThat(log.verify()).isEmpty();
    }

    @Test
    public void saysLaterHowManyEntriesCouldNotBeWritten() throws IOException {
        Files.writeString(directory, "in the way");
        AuditLog log = open();
        log.record(event("lost", ""));
        log.record(event("lost", ""));
        Files.delete(directory);

        log.record(event("kept", ""));

        assertThat(log.search(ALL)).extracting(entry -> entry.event().user()).containsExactly("kept", "");
        assertThat(log.search(ALL).get(1).event().detail()).startsWith("2 events before this one could not be written");
    }

    @Test
    public void survivesAnInterruptedThread() {
        AuditLog log = open();

        Thread.currentThread().interrupt();
        log.record(event("ann", ""));
        boolean still = Thread.interrupted();
        log.record(event("ann", ""));

        assertThat(still).isTrue();
        assertThat(log.search(ALL)).hasSize(2);
    }

    private ChainedAuditLog open() {
        return new ChainedAuditLog(new AuditFolder(directory, 65_536), "node1", clock);
    }

    private List<Path> files() throws IOException {
        return new AuditFiles(directory).all();
    }

    private static Event event(String user, String object) {
        return new Event(user, "127.0.0.1", "rest", "write", object, Outcome.DONE, "");
    }

    private static Query query(Optional<String> user, Optional<Instant> since, int limit) {
        return new Query(user, Optional.empty(), Optional.empty(), Optional.empty(), since, Optional.empty(), limit);
    }
}
