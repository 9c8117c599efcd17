package io.serai.secrets.internal.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import io.serai.api.state.StatePath;
import io.serai.secrets.internal.OneNodeMaps;
import io.serai.secrets.internal.acme.AcmeSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.Test;

public class OrderLogTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final StatePath SHOP = StatePath.of("objects/certificate/shop.yaml");

    private final OneNodeMaps maps = new OneNodeMaps();
    private final OrderLog log = new OrderLog(maps);
    private final AcmeSpec shop = AcmeSpec.of(Map.of("names", List.of("shop.test")));

    @Test
    public void pausesLongerAfterEachFailureAndTellsOtherNodes() {
        for (Duration pause : List.of(Duration.ofMinutes(5), Duration.ofMinutes(10), Duration.ofMinutes(20))) {
            log.failed(SHOP, shop, "they said:\nno", NOW);

            assertThat(new OrderLog(maps).failure(SHOP, shop))
                    .hasValueSatisfying(failure -> assertThat(failure.next()).isEqualTo(NOW.plus(pause)));
        }
        assertThat(log.failure(SHOP, shop).orElseThrow().toString())
                .isEqualTo("they said: no; it was tried 3 times, and will be at 2026-01-01T00:20:00Z, or with:"
                        + " serai certificate renew");
        for (int i = 0; i < 100; i++) {
            log.failed(SHOP, shop, "no", NOW);
        }
        assertThat(log.failure(SHOP, shop).orElseThrow().next()).isBefore(NOW.plus(Duration.ofHours(6)));
    }

    @Test
    public void forgetsWhatHasBeenFulfilledOrChanged() {
        log.failed(SHOP, shop, "no", NOW);

        assertThat(log.failure(SHOP, AcmeSpec.of(Map.of("names", List.of("www.shop.test")))))
                .isEmpty();
        log.fulfilled(SHOP);
        assertThat(log.failure(SHOP, shop)).isEmpty();
    }
}
