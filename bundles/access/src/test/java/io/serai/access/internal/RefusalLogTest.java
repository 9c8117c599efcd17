package io.serai.access.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.serai.access.internal.check.AccessThreads;
import io.serai.api.security.AuditLog;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.After;
import org.junit.Test;

public class RefusalLogTest {
    private final List<AuditLog.Event> audited = new CopyOnWriteArrayList<>();
    private final RefusalLog log = new RefusalLog(
            new AuditLog() {
                @Override
                public void record(Event event) {
                    audited.add(event);
                }

                @Override
                public List<Entry> search(Query query) {
                    return List.of();
                }

                @Override
                public Optional<Entry> find(long number) {
                    return Optional.empty();
                }

                @Override
                public Optional<Long> verify() {
                    return Optional.empty();
                }
            },
            AccessThreads.single("test"));

    @After
    public void close() {
        log.close();
    }

    @Test
    public void aFloodOfOneAddressIsTwoLinesAMinute() {
        for (int i = 0; i < 10_000; i++) {
            log.refused("", "10.0.0.1", "orders", "wrong");
        }
        await().until(() -> audited.size() == 1);
        log.sumUp();

        assertThat(audited).hasSize(2);
        assertThat(audited.get(1).detail()).isEqualTo("9999 more within a minute; the last: wrong");
        assertThat(audited.get(1).object()).isEqualTo("rest-channel/orders");
    }

    @Test
    public void aFloodOfManyAddressesIsBounded() {
        for (int i = 0; i < 10_000; i++) {
            log.refused("", "10.0." + i / 256 + "." + i % 256, "orders", "wrong");
        }
        await().until(() -> audited.size() == 100);
        log.sumUp();

        assertThat(audited).hasSize(101);
        assertThat(audited.get(100).detail()).startsWith("9900 from more than 100 addresses");
    }
}
