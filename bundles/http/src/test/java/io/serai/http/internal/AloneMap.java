package io.serai.http.internal;

import io.serai.api.cluster.ClusterMap;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A map of a node that is alone. */
final class AloneMap implements ClusterMap {
    private final Map<String, byte[]> values = new ConcurrentHashMap<>();

    @Override
    public Optional<byte[]> get(String key) {
        return Optional.ofNullable(values.get(key));
    }

    @Override
    public Map<String, byte[]> entries() {
        return Map.copyOf(values);
    }

    @Override
    public void put(String key, byte[] value) {
        values.put(key, value);
    }

    @Override
    public void put(String key, byte[] value, Duration timeToLive) {
        values.put(key, value);
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
