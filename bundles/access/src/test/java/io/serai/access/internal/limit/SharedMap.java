package io.serai.access.internal.limit;

import io.serai.api.cluster.ClusterMap;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A map of nodes that see each other, in memory. */
final class SharedMap implements ClusterMap {
    private final Map<String, byte[]> values = new TreeMap<>();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

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
        values.put(key, value.clone());
        listeners.forEach(listener -> listener.changed(key, Optional.of(value)));
    }

    @Override
    public void put(String key, byte[] value, Duration timeToLive) {
        put(key, value);
    }

    @Override
    public void remove(String key) {
        values.remove(key);
        listeners.forEach(listener -> listener.changed(key, Optional.empty()));
    }

    @Override
    public Subscription subscribe(Listener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
