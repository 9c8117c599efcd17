package io.serai.admin.internal.rest;

import io.serai.api.cluster.ClusterMap;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A map of a cluster of one node, where no time passes. */
final class MemoryMap implements ClusterMap {
    private final Map<String, byte[]> values = new ConcurrentHashMap<>();

    @Override
    public Optional<byte[]> get(String key) {
        return Optional.ofNullable(values.get(key)).map(byte[]::clone);
    }

    @Override
    public Map<String, byte[]> entries() {
        return Map.copyOf(values);
    }

    @Override
    public void put(String key, byte[] value) {
        values.put(key, value.clone());
    }

    @Override
    public void put(String key, byte[] value, Duration timeToLive) {
        put(key, value);
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
