package io.serai.deployer.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.serai.api.cluster.ClusterNode;
import io.serai.api.cluster.ClusterService;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.Test;

public class CatchUpWaitTest {
    private final AtomicLong nanoTime = new AtomicLong(-7);
    private final AtomicInteger changes = new AtomicInteger();
    private final CatchUpWait wait = new CatchUpWait(nanoTime::get, changes::incrementAndGet);
    private final CompletableFuture<Void> caughtUp = new CompletableFuture<>();

    private final class Cluster implements ClusterService {
        @Override
        public List<ClusterNode> nodes() {
            return List.of();
        }

        @Override
        public CompletableFuture<Void> caughtUp() {
            return caughtUp;
        }

        @Override
        public Map<String, CompletableFuture<byte[]>> ask(String question, byte[] argument, Duration timeout) {
            return Map.of();
        }
    }

    @Test
    public void isOverWhenTheNodeHasWhatOthersHave() {
        wait.waitFor(new Cluster());
        assertThat(wait.getAsBoolean()).isFalse();

        caughtUp.complete(null);

        assertThat(wait.getAsBoolean()).isTrue();
        assertThat(changes).hasValue(1);
    }

    @Test
    public void clusterThatSaysNothingHoldsTheNodeUpForSomeSecondsOnly() {
        wait.waitFor(new Cluster());
        nanoTime.addAndGet(Duration.ofSeconds(9).toNanos());
        assertThat(wait.getAsBoolean()).isFalse();

        nanoTime.addAndGet(Duration.ofSeconds(2).toNanos());

        assertThat(wait.getAsBoolean()).isTrue();
    }
}
