package io.serai.security.internal.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.serai.api.security.AuditLog.Event;
import io.serai.api.security.AuditLog.Outcome;
import io.serai.api.security.AuditLog.Query;
import io.serai.security.internal.SecuritySettings.AuditFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class AuditCrashTest {
    private static final int ENTRIES = 200;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void whatWasRecordedBeforeAKillIsThere() throws Exception {
        Path directory = folder.getRoot().toPath().resolve("audit");
        Path output = folder.newFile().toPath();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(output.toFile())
                .start();
        await().until(() -> Files.size(output) > 4 * ENTRIES);
        process.destroyForcibly().waitFor();
        List<String> told = Files.readAllLines(output);
        int recorded = Integer.parseInt(told.get(told.size() - 2)); // the last line may be torn

        ChainedAuditLog log = open(directory);
        log.record(event(0));

        Query all = new Query(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(Outcome.DONE),
                Optional.empty(),
                Optional.empty(),
                10_000);
        assertThat(log.verify()).isEmpty();
        assertThat(log.search(all)).hasSizeGreaterThan(recorded);
    }

    private static ChainedAuditLog open(Path directory) {
        return new ChainedAuditLog(new AuditFolder(directory, 65_536), "node1", Clock.systemUTC());
    }

    private static Event event(long number) {
        return new Event("ann", "local", "rest", "write", "x/" + number, Outcome.DONE, "");
    }

    /** The process that is killed: records for ever, and says what is on the disk. */
    public static final class Writer {
        private Writer() {}

        /** Records in a folder. */
        public static void main(String[] arguments) {
            ChainedAuditLog log = open(Path.of(arguments[0]));
            for (long number = 1; ; number++) {
                log.record(event(number));
                System.out.println(number);
            }
        }
    }
}
