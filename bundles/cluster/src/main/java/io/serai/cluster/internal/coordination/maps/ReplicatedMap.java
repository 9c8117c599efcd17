package io.serai.cluster.internal.coordination.maps;

import io.serai.api.cluster.ClusterMap;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A map as this node has it. */
final class ReplicatedMap implements ClusterMap {
    private final MapTable table;
    private final Consumer<Set<String>> others;
    private final Executor listeners;
    private final List<Subscriber> subscribers = new CopyOnWriteArrayList<>();

    /**
     * Makes one.
     *
     * @param others told the keys that this node has changed
     * @param listeners run what is told changes
     */
    ReplicatedMap(MapTable table, Consumer<Set<String>> others, Executor listeners) {
        this.table = table;
        this.others = others;
        this.listeners = listeners;
    }

    MapTable table() {
        return table;
    }

    /** Tells listeners. */
    void changed(Set<String> keys) {
        if (!keys.isEmpty()) {
            subscribers.forEach(subscriber -> subscriber.changed(keys));
        }
    }

    @Override
    public Optional<byte[]> get(String key) {
        return table.get(key);
    }

    @Override
    public Map<String, byte[]> entries() {
        return table.entries();
    }

    @Override
    public void put(String key, byte[] value) {
        write(key, value, null);
    }

    @Override
    public void put(String key, byte[] value, Duration timeToLive) {
        if (timeToLive.toMillis() < 1) {
            throw new IllegalArgumentException("The time to live is " + timeToLive + "; at least is a millisecond");
        }
        write(key, value, timeToLive);
    }

    private void write(String key, byte[] value, @Nullable Duration timeToLive) {
        if (key.isEmpty() || key.length() > MAX_KEY_CHARACTERS) {
            throw new IllegalArgumentException(
                    "A key has " + key.length() + " characters; allowed is from 1 to " + MAX_KEY_CHARACTERS);
        }
        if (value.length > MAX_VALUE_BYTES) {
            throw new IllegalArgumentException("The value of '" + key + "' has " + value.length
                    + " bytes; allowed is up to " + MAX_VALUE_BYTES + "; what is larger belongs into the state");
        }
        table.put(key, value, timeToLive);
        told(key);
    }

    private void told(String key) {
        changed(Set.of(key));
        others.accept(Set.of(key));
    }

    @Override
    public void remove(String key) {
        if (table.remove(key)) {
            told(key);
        }
    }

    @Override
    public Subscription subscribe(Listener listener) {
        Subscriber subscriber = new Subscriber(listener, table, listeners);
        subscribers.add(subscriber);
        return () -> subscribers.remove(subscriber);
    }
}
