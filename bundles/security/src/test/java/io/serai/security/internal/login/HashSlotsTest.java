package io.serai.security.internal.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.Test;

public class HashSlotsTest {
    @Test
    public void oneWaitsWhileAnotherHashes() {
        HashSlots slots = new HashSlots(1);
        assertThat(slots.enter()).isTrue();
        CompletableFuture<Boolean> second = CompletableFuture.supplyAsync(slots::enter);

        assertThat(second).isNotDone();
        slots.leave();

        assertThat(second).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(true);
    }
}
