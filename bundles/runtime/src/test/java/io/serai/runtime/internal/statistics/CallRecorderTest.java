package io.serai.runtime.internal.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.serai.api.runtime.ServiceStatistics;
import io.serai.api.runtime.ServiceStatistics.CallError;
import io.serai.api.runtime.ServiceStatistics.SlowCall;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.Test;

public class CallRecorderTest {
    private static final Instant NOW = Instant.parse("2024-05-31T12:00:00Z");

    private final CallRecorder recorder = new CallRecorder(Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    public void saysNothingOfAServiceThatWasNotCalled() {
        ServiceStatistics statistics = recorder.snapshot();

        assertThat(statistics.calls()).isZero();
        assertThat(statistics.p99()).isZero();
        assertThat(statistics.slowest()).isEmpty();
    }

    @Test
    public void tellsQuantilesToOnePercent() {
        IntStream.rangeClosed(1, 1000)
                .forEach(i -> recorder.answered(Duration.ofMillis(i).toNanos(), "c" + i));

        ServiceStatistics statistics = recorder.snapshot();

        assertThat(statistics.calls()).isEqualTo(1000);
        assertThat(statistics.mean().toMillis()).isCloseTo(500, within(5L));
        assertThat(statistics.p50().toMillis()).isCloseTo(500, within(5L));
        assertThat(statistics.p95().toMillis()).isCloseTo(950, within(10L));
        assertThat(statistics.p99().toMillis()).isCloseTo(990, within(10L));
        assertThat(statistics.max()).isEqualTo(Duration.ofSeconds(1));
        assertThat(statistics.slowest()).hasSize(10).startsWith(new SlowCall(NOW, "c1000", Duration.ofSeconds(1)));
        assertThat(statistics.slowest().get(9).correlationId()).isEqualTo("c991");
    }

    @Test
    public void takesTimesBeyondItsRange() {
        recorder.answered(Duration.ofDays(3).toNanos(), "slow");
        recorder.answered(-5, "clock");

        assertThat(recorder.snapshot().calls()).isEqualTo(2);
        assertThat(recorder.snapshot().max()).isEqualTo(Duration.ofDays(3));
    }

    @Test
    public void keepsTheLastError() {
        recorder.failed(1_000, "a", "first");
        recorder.failed(1_000, "b", "second");
        recorder.answered(1_000, "c");

        assertThat(recorder.snapshot().calls()).isEqualTo(3);
        assertThat(recorder.snapshot().errors()).isEqualTo(2);
        assertThat(recorder.snapshot().lastError()).contains(new CallError(NOW, "b", "second"));
    }

    @Test
    public void countsCallsOfManyThreads() {
        List<CompletableFuture<Void>> threads = IntStream.range(0, 4)
                .mapToObj(thread -> CompletableFuture.runAsync(() -> {
                    for (int i = 0; i < 10_000; i++) {
                        recorder.begun();
                        recorder.answered(i * 1_000L, "c");
                        recorder.finished();
                    }
                }))
                .toList();
        threads.forEach(CompletableFuture::join);

        assertThat(recorder.snapshot().calls()).isEqualTo(40_000);
        assertThat(recorder.snapshot().active()).isZero();
    }
}
