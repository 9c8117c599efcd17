package io.serai.secrets.internal;

import io.serai.api.cluster.ClusterMap;
import io.serai.api.cluster.ClusterMaps;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The maps of a cluster of one node. */
public final class OneNodeMaps implements ClusterMaps {
    private final Map<String, ClusterMap> maps = new ConcurrentHashMap<>();

    @Override
    public ClusterMap map(String name) {
        return maps.computeIfAbsent(name, unknown -> new OneNodeMap());
    }

    private static final class OneNodeMap implements ClusterMap {
        private final Map<String, byte[]> entries = new ConcurrentHashMap<>();

        @Override
        public Optional<byte[]> get(String key) {
            return Optional.ofNullable(entries.get(key));
        }

        @Override
        public Map<String, byte[]> entries() {
            return Map.copyOf(entries);
        }

        @Override
        public void put(String key, byte[] value) {
            entries.put(key, value);
        }

        @Override
        public void put(String key, byte[] value, Duration timeToLive) {
            entries.put(key, value);
        }

        @Override
        public void remove(String key) {
            entries.remove(key);
        }

        @Override
        public Subscription subscribe(Listener listener) {
            return () -> {};
        }
    }
}
