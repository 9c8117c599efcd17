package io.serai.access.internal.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class UsageExchangeTest {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final SharedMap map = new SharedMap();
    private Instant time = Instant.parse("2026-11-24T10:00:00Z");

    /** A process of a node, with one limit. */
    private final class NodeRun {
        private final UsageExchange usage;
        private final Limit limit;

        NodeRun(String node, SharedMap shared, Map<String, Object> spec) {
            time = time.plusMillis(1);
            UsageFile file = new UsageFile(folder.getRoot().toPath().resolve(node));
            usage = new UsageExchange(shared, file, node, clock(), UsageExchangeTest.this::nanoTime);
            limit = new Limit(LimitSpec.of("gold", spec), usage::welcome);
        }

        int take(int count) {
            int passed = 0;
            for (int i = 0; i < count; i++) {
                passed += limit.of("orders", "acme", HERE, nanoTime()).take(nanoTime()) ? 1 : 0;
            }
            return passed;
        }

        void exchange() {
            usage.exchange(List.of(limit));
        }
    }

    private long nanoTime() {
        return Duration.between(Instant.EPOCH, time).toNanos();
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return time;
            }
        };
    }

    private static void exchange(NodeRun... processes) {
        for (int round = 0; round < 2; round++) {
            for (NodeRun each : processes) {
                each.exchange();
            }
        }
    }

    @Test
    public void whatPassesOnOneNodeIsTakenOffOnTheOthers() {
        Map<String, Object> spec = Map.of("requests", 10, "per", "minute");
        NodeRun one = new NodeRun("node1", map, spec);
        NodeRun two = new NodeRun("node2", map, spec);
        two.take(1);

        assertThat(one.take(6)).isEqualTo(6);
        exchange(one, two);

        assertThat(two.take(10)).isEqualTo(3);
        exchange(one, two);
        assertThat(one.take(1)).isZero();
    }

    @Test
    public void whatPassedTooMuchBetweenTwoExchangesIsMadeUpFor() {
        Map<String, Object> spec = Map.of("requests", 60, "per", "minute", "burst", 10);
        NodeRun one = new NodeRun("node1", map, spec);
        NodeRun two = new NodeRun("node2", map, spec);

        // both give the whole burst away before they know of each other: the most that can be too much
        int passed = one.take(100) + two.take(100);
        assertThat(passed).isEqualTo(20);
        for (int second = 0; second < 60; second++) {
            exchange(one, two);
            time = time.plusSeconds(1);
            passed += one.take(100);
            exchange(one, two);
            passed += two.take(100);
        }

        // of a minute and the burst
        assertThat(passed).isBetween(69, 71);
    }

    @Test
    public void nodesThatDoNotSeeEachOtherHoldTheLimitEachForItself() {
        Map<String, Object> spec = Map.of("requests", 10, "per", "minute");
        NodeRun one = new NodeRun("node1", map, spec);
        NodeRun two = new NodeRun("node2", new SharedMap(), spec);

        int passed = one.take(100) + two.take(100);
        exchange(one, two);

        assertThat(passed + one.take(100) + two.take(100)).isEqualTo(20);
    }

    @Test
    public void aQuotaIsOfAllNodesAndBeginsAnewWithItsWindow() {
        Map<String, Object> spec = Map.of("quota", 10, "quotaPer", "day");
        NodeRun one = new NodeRun("node1", map, spec);
        NodeRun two = new NodeRun("node2", map, spec);

        assertThat(one.take(4)).isEqualTo(4);
        exchange(one, two);
        assertThat(two.take(100)).isEqualTo(6);
        exchange(one, two);
        assertThat(one.take(1) + two.take(1)).isZero();

        time = Instant.parse("2026-11-25T00:00:00Z");
        exchange(one, two);
        assertThat(one.take(3)).isEqualTo(3);
        exchange(one, two);
        assertThat(two.take(100)).isEqualTo(7);
    }

    @Test
    public void aQuotaGoesOnWhenNoNodeHasRunUntilItsDayIsOver() {
        Map<String, Object> spec = Map.of("quota", 10, "quotaPer", "day");
        NodeRun one = new NodeRun("node1", map, spec);
        NodeRun two = new NodeRun("node2", map, spec);
        assertThat(one.take(4) + two.take(3)).isEqualTo(7);
        exchange(one, two);

        SharedMap empty = new SharedMap();
        NodeRun again = new NodeRun("node1", empty, spec);
        NodeRun other = new NodeRun("node2", empty, spec);
        exchange(again, other);

        assertThat(again.take(10)).isEqualTo(3);
        time = time.plus(Duration.ofDays(1));
        assertThat(new NodeRun("node1", new SharedMap(), spec).take(20)).isEqualTo(10);
    }

    @Test
    public void aQuotaOutlivesTheProcessesOfItsNodes() {
        Map<String, Object> spec = Map.of("quota", 10, "quotaPer", "month");
        NodeRun one = new NodeRun("node1", map, spec);
        NodeRun two = new NodeRun("node2", map, spec);
        one.take(4);
        two.take(2);
        exchange(one, two);

        NodeRun again = new NodeRun("node1", map, spec);
        exchange(again, two);
        exchange(again, two);
        assertThat(map.entries().keySet()).hasSize(2);
        NodeRun thrice = new NodeRun("node1", map, spec);
        exchange(thrice, two);
        exchange(thrice, two);

        assertThat(two.take(1)).isEqualTo(1);
        exchange(thrice, two);
        assertThat(thrice.take(100)).isEqualTo(3);
    }

    @Test
    public void aQuotaOutlivesABucketThatWasForgottenAndAChangeOfItsLimit() {
        Map<String, Object> spec = Map.of("requests", 1_000, "per", "second", "quota", 10, "quotaPer", "day");
        NodeRun one = new NodeRun("node1", map, spec);
        one.take(4);
        one.exchange();
        time = time.plusSeconds(10);

        one.limit.sweep(nanoTime(), bucket -> one.usage.goes(bucket, one.limit.spec()));

        assertThat(one.limit.buckets()).isEmpty();
        assertThat(one.take(100)).isEqualTo(6);
    }

    @Test
    public void aMessageThatIsNoneIsLeftAside() {
        Map<String, Object> spec = Map.of("requests", 10, "per", "minute");
        NodeRun one = new NodeRun("node1", map, spec);
        for (String text : List.of("", "{}", "{\"v\":2,\"u\":[]}", "{\"v\":1,\"u\":[x]}", "{\"v\":1,\"u\":[1,2,3]}")) {
            map.put("node2/a/1", text.getBytes(StandardCharsets.UTF_8));
        }

        one.exchange();

        assertThat(one.take(100)).isEqualTo(10);
    }
}
