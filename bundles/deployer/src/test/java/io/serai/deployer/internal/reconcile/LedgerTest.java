package io.serai.deployer.internal.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.serai.api.deploy.DeploymentException;
import io.serai.api.deploy.DeploymentException.Reason;
import io.serai.api.state.BlobId;
import io.serai.api.state.StatePath;
import io.serai.deployer.fixture.DeafListener;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.Test;

public class LedgerTest {
    private static final StatePath PATH = new StatePath("deploy/orders.jar");
    private static final BlobId OLD = new BlobId("1".repeat(40));
    private static final BlobId NEW = new BlobId("2".repeat(40));
    private static final Set<Cause> TIME = Set.of(Cause.TIME);

    private final AtomicLong nanoTime = new AtomicLong(-5);
    private final Ledger ledger = new Ledger(
            new VerdictBook(Clock.systemUTC(), new DeafListener()), new Mailbox(nanoTime::get), nanoTime::get);

    private Duration fail(BlobId blob) {
        ledger.open(PATH, blob);
        DeploymentException full = new DeploymentException(Reason.IO, "The disk is full.", null);
        ledger.report(PATH, blob, Outcome.failed(full, Optional.empty()));
        assertThat(ledger.due(PATH, blob, TIME)).isFalse();
        Duration left = Duration.ofNanos(ledger.retryInNanos());
        nanoTime.addAndGet(left.toNanos());
        assertThat(ledger.due(PATH, blob, TIME)).isTrue();
        return left;
    }

    @Test
    public void retriesWhatFailedForTheDiskLessAndLessOften() {
        for (int seconds : new int[] {3, 6, 12, 24, 48, 60, 60}) {
            assertThat(fail(OLD)).hasSeconds(seconds);
        }

        assertThat(fail(NEW)).hasSeconds(3);

        ledger.open(PATH, NEW);
        ledger.report(PATH, NEW, Outcome.active("1 route", NEW));
        assertThat(ledger.retryInNanos()).isEqualTo(Long.MAX_VALUE);
    }
}
