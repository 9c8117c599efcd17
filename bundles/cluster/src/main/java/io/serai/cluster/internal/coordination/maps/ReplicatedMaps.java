package io.serai.cluster.internal.coordination.maps;

import io.serai.api.cluster.ClusterMap;
import io.serai.api.cluster.ClusterMaps;
import io.serai.cluster.internal.coordination.Hub;
import io.serai.cluster.internal.coordination.maps.MapMessage.MapDone;
import io.serai.cluster.internal.coordination.maps.MapMessage.MapEntry;
import io.serai.cluster.internal.coordination.maps.MapMessage.MapPage;
import io.serai.cluster.internal.coordination.maps.MapMessage.MapPull;
import io.serai.cluster.internal.coordination.maps.MapMessage.MapSummary;
import io.serai.cluster.internal.coordination.maps.MapMessage.MapUpdate;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All maps, kept alike on all nodes: each node tells every other one what it has changed, one message at a time, until that
 * is answered, and fetches what it lacks from those that it has not seen before. Every now and then two compare.
 */
public final class ReplicatedMaps implements ClusterMaps {
    private static final Logger LOG = LoggerFactory.getLogger(ReplicatedMaps.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final int COMPARED_EVERY = 10; // ticks

    private final Hub hub;
    private final Executor listeners;
    private final Map<String, ReplicatedMap> maps = new ConcurrentHashMap<>();
    private final Map<UUID, Outbox> outboxes = new HashMap<>(); // of the thread
    private int ticks; // of the thread

    /** Buckets of a map that another process has other than this one. */
    private record Difference(String map, List<Integer> buckets) {}

    /**
     * Makes the maps of this node.
     *
     * @param listeners run what is told changes
     */
    public ReplicatedMaps(Hub hub, Executor listeners) {
        this.hub = hub;
        this.listeners = listeners;
        hub.serve(MapUpdate.class, (from, update) -> updated(update));
        hub.serve(MapSummary.class, this::compared);
        hub.serve(MapPull.class, (from, pull) -> page(pull));
        hub.watch(this::viewChanged);
        hub.agenda().after(TICK, this::tick);
    }

    @Override
    public ClusterMap map(String name) {
        if (name.isEmpty() || name.length() > MAX_NAME_CHARACTERS) {
            throw new IllegalArgumentException("The name of a map has " + name.length()
                    + " characters; allowed is from 1 to " + MAX_NAME_CHARACTERS);
        }
        return open(name);
    }

    private ReplicatedMap open(String name) {
        if (!maps.containsKey(name) && maps.size() >= MAX_MAPS) {
            throw new IllegalStateException(
                    "Cannot open the map '" + name + "': there are " + MAX_MAPS + " already; use keys in one of them");
        }
        return maps.computeIfAbsent(name, this::create);
    }

    private ReplicatedMap create(String name) {
        return new ReplicatedMap(
                new MapTable(name, hub.agenda(), hub.node()),
                keys -> hub.agenda().execute(() -> tellOthers(name, keys)),
                listeners);
    }

    private void tellOthers(String map, Set<String> keys) {
        outboxes.forEach((process, outbox) -> {
            outbox.add(map, keys);
            pump(process);
        });
    }

    private void viewChanged() {
        outboxes.keySet().retainAll(hub.view());
        for (UUID process : hub.view()) {
            if (!process.equals(hub.self()) && !outboxes.containsKey(process)) {
                outboxes.put(process, new Outbox());
                pump(process);
            }
        }
    }

    private void tick() {
        maps.values().forEach(map -> map.changed(map.table().expire()));
        ticks++;
        if (ticks % COMPARED_EVERY == 0 && !outboxes.isEmpty()) {
            List<UUID> others = new ArrayList<>(outboxes.keySet());
            compareSoon(others.get(ticks / COMPARED_EVERY % others.size()));
        }
        hub.agenda().after(TICK, this::tick);
    }

    private void compareSoon(UUID process) {
        Outbox outbox = outboxes.get(process);
        if (outbox != null) {
            outbox.compare = true;
            pump(process);
        }
    }

    /** Tells a process the next thing, unless it has not answered the last one yet. */
    private void pump(UUID process) {
        Outbox outbox = outboxes.get(process);
        if (outbox == null || outbox.busy) {
            return;
        }
        Optional<String> map = outbox.first();
        if (map.isPresent()) {
            tell(process, outbox, map.get());
        } else if (outbox.compare) {
            compare(process, outbox);
        }
    }

    private void tell(UUID process, Outbox outbox, String map) {
        List<MapEntry> entries = open(map).table().collect(outbox.of(map));
        List<String> keys = entries.stream().map(MapEntry::key).toList();
        // keys that are not there any more need not be told
        outbox.sent(map, keys.isEmpty() ? outbox.of(map) : keys);
        if (keys.isEmpty()) {
            pump(process);
            return;
        }
        outbox.busy = true;
        CompletableFuture<?> unused = hub.ask(process, new MapUpdate(map, entries), MapDone.class, TIMEOUT)
                .whenComplete((done, failure) -> {
                    if (failure != null) {
                        outbox.add(map, keys);
                    }
                    answered(process, outbox, failure);
                });
    }

    private void answered(UUID process, Outbox outbox, @Nullable Throwable failure) {
        if (outboxes.get(process) != outbox) {
            return; // it has gone, and perhaps come again
        }
        if (failure == null) {
            outbox.busy = false;
            pump(process);
        } else {
            LOG.debug("A node did not answer about maps, tried again: process={}", process, failure);
            hub.agenda().after(RETRY, () -> {
                outbox.busy = false;
                pump(process);
            });
        }
    }

    private void compare(UUID process, Outbox outbox) {
        outbox.busy = true;
        outbox.compare = false;
        CompletableFuture<?> unused = hub.ask(process, summary(), MapSummary.class, TIMEOUT)
                .thenCompose(theirs -> pull(process, new ArrayDeque<>(differences(theirs)), null))
                .whenComplete((done, failure) -> {
                    outbox.compare |= failure != null;
                    answered(process, outbox, failure);
                });
    }

    private MapSummary summary() {
        Map<String, List<Long>> all = new HashMap<>();
        maps.forEach((name, map) -> all.put(name, map.table().fingerprints()));
        return new MapSummary(all);
    }

    private List<Difference> differences(MapSummary theirs) {
        List<Difference> differences = new ArrayList<>();
        theirs.maps().forEach((name, fingerprints) -> {
            List<Long> mine = open(name).table().fingerprints();
            List<Integer> buckets = new ArrayList<>();
            for (int i = 0; i < Math.min(MapTable.BUCKETS, fingerprints.size()); i++) {
                if (!mine.get(i).equals(fingerprints.get(i))) {
                    buckets.add(i);
                }
            }
            if (!buckets.isEmpty()) {
                differences.add(new Difference(name, buckets));
            }
        });
        return differences;
    }

    /** Fetches what differs, page by page. */
    private CompletableFuture<Void> pull(UUID process, Deque<Difference> left, @Nullable String after) {
        if (left.isEmpty() || !outboxes.containsKey(process)) {
            return CompletableFuture.completedFuture(null);
        }
        Difference first = left.getFirst();
        return hub.ask(process, new MapPull(first.map(), first.buckets(), after), MapPage.class, TIMEOUT)
                .thenCompose(page -> {
                    merge(first.map(), page.entries());
                    if (page.more() && !page.entries().isEmpty()) {
                        return pull(
                                process,
                                left,
                                page.entries().get(page.entries().size() - 1).key());
                    }
                    left.removeFirst();
                    return pull(process, left, null);
                });
    }

    private void merge(String name, List<MapEntry> entries) {
        ReplicatedMap map = open(name);
        map.changed(map.table().merge(entries));
    }

    private MapDone updated(MapUpdate update) {
        merge(update.map(), update.entries());
        return new MapDone();
    }

    private MapSummary compared(UUID from, MapSummary theirs) {
        if (!differences(theirs).isEmpty()) {
            // the other one asks for what this node has; this one asks later, when the two may be alike already
            hub.agenda().after(RETRY, () -> compareSoon(from));
        }
        return summary();
    }

    private MapPage page(MapPull pull) {
        return open(pull.map()).table().page(Set.copyOf(pull.buckets()), pull.after());
    }
}
