package io.serai.cluster.internal.coordination.maps;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one process has not been told yet: keys, not values, so that it is bounded, and one that is slow gets the newest
 * values when it is ready. Of one thread.
 */
final class Outbox {
    private final Map<String, Set<String>> keys = new LinkedHashMap<>();
    /** Whether an answer is awaited. */
    boolean busy;
    /** Whether all maps are to be compared. */
    boolean compare = true;

    void add(String map, Iterable<String> changed) {
        Set<String> of = keys.computeIfAbsent(map, name -> new LinkedHashSet<>());
        changed.forEach(of::add);
    }

    /** Returns the name of a map that has something to tell. */
    Optional<String> first() {
        return keys.keySet().stream().findFirst();
    }

    /** Returns what is to be told of a map. */
    List<String> of(String map) {
        return new ArrayList<>(keys.getOrDefault(map, Set.of()));
    }

    /** Takes note that some of it is under way. */
    void sent(String map, Iterable<String> some) {
        Set<String> left = keys.getOrDefault(map, Set.of());
        some.forEach(left::remove);
        if (left.isEmpty()) {
            keys.remove(map);
        }
    }
}
