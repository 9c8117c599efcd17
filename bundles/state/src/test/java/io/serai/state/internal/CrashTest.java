package io.serai.state.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.serai.api.state.CommitId;
import io.serai.api.state.Content;
import io.serai.api.state.Revision;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.Rule;
import org.junit.Test;

public class CrashTest {
    private static final Instant LATER = RepositoryFixture.NOW.plus(Duration.ofDays(30));

    @Rule
    public final RepositoryFixture fixture = new RepositoryFixture();

    @Test
    public void compactionThatIsKilledLosesNothingThatIsKept() throws Exception {
        fixture.close();
        Random random = new Random(7);
        for (int round = 0; round < 4; round++) {
            String acknowledged;
            try (ChildJvm child = ChildJvm.start("compact-forever", fixture.directory())) {
                for (int i = 10 + random.nextInt(20); i >= 0; i--) {
                    child.line();
                }
                acknowledged = child.kill();
            }

            GitStateRepository repository = fixture.open();
            assertThat(repository.log(Optional.empty(), 2))
                    .extracting(Revision::commit)
                    .contains(new CommitId(acknowledged));
            for (Content content : repository.head().files().keySet().stream()
                    .flatMap(path -> repository.head().content(path).stream())
                    .toList()) {
                assertThat(content.bytes()).hasSizeGreaterThanOrEqualTo(10_000);
            }
            assertThat(repository
                            .compactor()
                            .compact(new Retention(Duration.ofDays(1), 1, Duration.ZERO), LATER, false)
                            .contents())
                    .isEqualTo(5);
            fixture.close();
        }
        fixture.open();
    }

    @Test
    public void everyAcknowledgedCommitSurvivesKill() throws Exception {
        fixture.close();
        Random random = new Random(42);
        for (int round = 0; round < 4; round++) {
            String acknowledged;
            try (ChildJvm child = ChildJvm.start("commit-forever", fixture.directory())) {
                for (int i = random.nextInt(30); i >= 0; i--) {
                    child.line();
                }
                acknowledged = child.kill();
            }

            GitStateRepository repository = fixture.open();
            assertThat(repository.log(Optional.empty(), 2))
                    .as("the head is the last acknowledged commit, or the one that was being made")
                    .extracting(Revision::commit)
                    .contains(new CommitId(acknowledged));
            fixture.put("deploy/after-kill.txt", "round " + round);
            fixture.close();
            assertThat(RepositoryCheck.commits(fixture.directory())).isPositive();
            try (Stream<Path> files = Files.walk(fixture.directory())) {
                assertThat(files).noneMatch(file -> file.toString().matches(".*(\\.lock|_tmp|/noz.*|/insert_.*)"));
            }
        }
        fixture.open();
    }
}
