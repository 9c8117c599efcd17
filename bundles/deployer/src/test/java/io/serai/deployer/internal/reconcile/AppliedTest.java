package io.serai.deployer.internal.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.serai.api.state.BlobId;
import io.serai.api.state.CommitId;
import io.serai.api.state.StatePath;
import io.serai.deployer.fixture.DeafListener;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.Test;

public class AppliedTest {
    private static final StatePath PATH = new StatePath("deploy/slow.camel.yaml");
    private static final BlobId BLOB = new BlobId("1".repeat(40));
    private static final CommitId FIRST = new CommitId("a".repeat(40));
    private static final CommitId SECOND = new CommitId("b".repeat(40));

    private final AtomicLong nanoTime = new AtomicLong(-5);
    private final VerdictBook book = new VerdictBook(Clock.systemUTC(), new DeafListener());
    private final Applied applied = new Applied(book, nanoTime::get);

    @Test
    public void firstCommitCountsWhenItsSlowArtifactIsSettled() {
        book.record(PATH, BLOB, Outcome.deploying(Optional.empty()));

        assertThat(applied.passed(FIRST)).isTrue();
        assertThat(applied.settle()).isBetween(1L, Duration.ofSeconds(10).toNanos());
        assertThat(applied.commit()).isEmpty();

        book.record(PATH, BLOB, Outcome.active("1 route", BLOB));
        assertThat(applied.settle()).isEqualTo(Long.MAX_VALUE);
        assertThat(applied.commit()).contains(FIRST);
    }

    @Test
    public void artifactThatHangsHoldsTheFirstCommitUpForSomeSecondsOnly() {
        book.record(PATH, BLOB, Outcome.deploying(Optional.empty()));
        applied.passed(FIRST);

        nanoTime.addAndGet(applied.settle());
        applied.settle();

        assertThat(applied.commit()).contains(FIRST);
    }

    @Test
    public void laterCommitsCountAtOnce() {
        applied.passed(FIRST);
        applied.settle();
        book.record(PATH, BLOB, Outcome.deploying(Optional.empty()));

        assertThat(applied.passed(SECOND)).isFalse();
        assertThat(applied.commit()).contains(SECOND);
    }

    @Test
    public void commitThatCameWhileTheFirstWasAwaitedCountsInItsPlace() {
        book.record(PATH, BLOB, Outcome.deploying(Optional.empty()));
        applied.passed(FIRST);

        assertThat(applied.passed(SECOND)).isFalse();
        book.record(PATH, BLOB, Outcome.active("1 route", BLOB));
        applied.settle();

        assertThat(applied.commit()).contains(SECOND);
    }
}
