package io.serai.security.internal.login;

import io.serai.api.cluster.ClusterMap;
import io.serai.api.cluster.ClusterMaps;
import io.serai.security.internal.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Maps of nodes that see each other, in memory, by the time of a test. */
final class SharedMaps implements ClusterMaps {
    private final TestClock clock;
    private final Map<String, ClusterMap> maps = new ConcurrentHashMap<>();

    SharedMaps(TestClock clock) {
        this.clock = clock;
    }

    private record Value(Supplier<byte[]> bytes, Instant until) {}

    /** Forgets all, as happens when no node runs. */
    void clear() {
        maps.values().forEach(map -> map.entries().keySet().forEach(map::remove));
    }

    @Override
    public ClusterMap map(String name) {
        return maps.computeIfAbsent(name, each -> new SharedMap());
    }

    private final class SharedMap implements ClusterMap {
        private final Map<String, Value> values = new ConcurrentHashMap<>();

        @Override
        public Optional<byte[]> get(String key) {
            return Optional.ofNullable(entries().get(key));
        }

        @Override
        public Map<String, byte[]> entries() {
            Map<String, byte[]> live = new HashMap<>();
            values.forEach((key, value) -> {
                if (clock.instant().isBefore(value.until())) {
                    live.put(key, value.bytes().get());
                }
            });
            return live;
        }

        @Override
        public void put(String key, byte[] value) {
            values.put(key, new Value(value::clone, Instant.MAX));
        }

        @Override
        public void put(String key, byte[] value, Duration timeToLive) {
            values.put(key, new Value(value::clone, clock.instant().plus(timeToLive)));
        }

        @Override
        public void remove(String key) {
            values.remove(key);
        }

        @Override
        public Subscription subscribe(Listener listener) {
            return () -> {};
        }
    }
}
