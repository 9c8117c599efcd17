package io.serai.cluster.internal.coordination.maps;

import io.serai.api.cluster.ClusterMap;
import io.serai.cluster.internal.coordination.Agenda;
import io.serai.cluster.internal.coordination.maps.MapMessage.MapEntry;
import io.serai.cluster.internal.coordination.maps.MapMessage.MapPage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What one node has of a map, removals included. Thread-safe. */
final class MapTable {
    static final int BUCKETS = 64;
    private static final int MAX_REMOVALS = 10_000;
    private static final Duration REMEMBERED = Duration.ofHours(1);
    private static final int PAGE_BYTES = 256 * 1024;

    private final String name;
    private final Agenda clock;
    private final UUID node;
    private final TreeMap<String, Cell> cells = new TreeMap<>(); // guarded by this
    private int live; // guarded by this
    private long bytes; // guarded by this
    private long latest; // guarded by this

    /** A value, or that it was removed, which is {@code null}; until when is a nano-time, {@code null} for ever. */
    private static final class Cell {
        final byte @Nullable [] value;
        final Version version;
        final @Nullable Long until;

        Cell(byte @Nullable [] value, Version version, @Nullable Long until) {
            this.value = value;
            this.version = version;
            this.until = until;
        }

        boolean isOver(long now) {
            return until != null && until - now <= 0;
        }
    }

    MapTable(String name, Agenda clock, UUID node) {
        this.name = name;
        this.clock = clock;
        this.node = node;
    }

    synchronized Optional<byte[]> get(String key) {
        Cell cell = cells.get(key);
        return cell == null || cell.value == null || cell.isOver(clock.nanoTime())
                ? Optional.empty()
                : Optional.of(cell.value.clone());
    }

    synchronized Map<String, byte[]> entries() {
        long now = clock.nanoTime();
        Map<String, byte[]> entries = new HashMap<>();
        cells.forEach((key, cell) -> {
            if (cell.value != null && !cell.isOver(now)) {
                entries.put(key, cell.value.clone());
            }
        });
        return entries;
    }

    synchronized void put(String key, byte[] value, @Nullable Duration timeToLive) {
        if (get(key).isEmpty() && isFull(value.length)) {
            expire();
            if (isFull(value.length)) {
                throw new IllegalStateException(
                        "Cannot put '" + key + "' into the map '" + name + "': it is full, with "
                                + live + " of " + ClusterMap.MAX_ENTRIES + " entries and " + bytes + " of "
                                + ClusterMap.MAX_BYTES + " bytes; remove some, or give them a time to live");
            }
        }
        Long until = timeToLive == null ? null : Long.valueOf(clock.nanoTime() + timeToLive.toNanos());
        set(key, new Cell(value.clone(), next(), until));
    }

    private boolean isFull(int more) {
        return live >= ClusterMap.MAX_ENTRIES || bytes + more > ClusterMap.MAX_BYTES;
    }

    /** Removes a key; returns whether it was there. */
    synchronized boolean remove(String key) {
        if (get(key).isEmpty()) {
            return false;
        }
        set(key, removal(next()));
        return true;
    }

    private Cell removal(Version version) {
        return new Cell(null, version, clock.nanoTime() + REMEMBERED.toNanos());
    }

    private Version next() {
        latest = Math.max(latest + 1, clock.currentTimeMillis());
        return new Version(latest, node);
    }

    private void set(String key, @Nullable Cell cell) {
        Cell before = cell == null ? cells.remove(key) : cells.put(key, cell);
        if (before != null && before.value != null) {
            live--;
            bytes -= before.value.length;
        }
        if (cell != null && cell.value != null) {
            live++;
            bytes += cell.value.length;
        }
    }

    /** Takes in what another node has; returns the keys that have changed by it. */
    synchronized Set<String> merge(List<MapEntry> entries) {
        Set<String> changed = new HashSet<>();
        for (MapEntry entry : entries) {
            latest = Math.max(latest, entry.version().time());
            Cell mine = cells.get(entry.key());
            if (mine == null ? entry.value() != null || entry.millis() > 0 : isNews(entry, mine)) {
                boolean visible = entry.value() != null || (mine != null && mine.value != null);
                set(entry.key(), cell(entry));
                if (visible) {
                    changed.add(entry.key());
                }
            }
        }
        return changed;
    }

    // a value whose time is up is removed, and has the version that it had; each node measures that time itself
    private static boolean isNews(MapEntry entry, Cell mine) {
        int order = entry.version().compareTo(mine.version);
        return order > 0 || (order == 0 && entry.value() == null && mine.value != null);
    }

    private Cell cell(MapEntry entry) {
        boolean forEver = entry.value() != null && entry.millis() == 0;
        Long until = forEver ? null : Long.valueOf(clock.nanoTime() + TimeUnit.MILLISECONDS.toNanos(entry.millis()));
        byte[] value = entry.value() == null ? null : Base64.getDecoder().decode(entry.value());
        return new Cell(value, entry.version(), until);
    }

    /** Returns some keys as they travel, as many as fit into a message, beginning with the first. */
    synchronized List<MapEntry> collect(Collection<String> keys) {
        List<MapEntry> collected = new ArrayList<>();
        int size = 0;
        for (String key : keys) {
            Cell cell = cells.get(key);
            if (cell != null) {
                MapEntry entry = entry(key, cell);
                size += entry.size();
                collected.add(entry);
            }
            if (size >= PAGE_BYTES) {
                break;
            }
        }
        return collected;
    }

    private MapEntry entry(String key, Cell cell) {
        String value = cell.value == null ? null : Base64.getEncoder().encodeToString(cell.value);
        long left = cell.until == null ? 0 : Math.max(1, TimeUnit.NANOSECONDS.toMillis(cell.until - clock.nanoTime()));
        return new MapEntry(key, value, cell.version, left);
    }

    /** Returns what is in some buckets, after a key. */
    synchronized MapPage page(Set<Integer> buckets, @Nullable String after) {
        Map<String, Cell> rest = after == null ? cells : cells.tailMap(after, false);
        List<String> keys = rest.keySet().stream()
                .filter(key -> buckets.contains(bucket(key)))
                .toList();
        List<MapEntry> entries = collect(keys);
        return new MapPage(entries, entries.size() < keys.size());
    }

    private static int bucket(String key) {
        int hash = key.hashCode();
        return (hash ^ hash >>> 16) & BUCKETS - 1;
    }

    /** Returns a number for what is in each bucket. */
    synchronized List<Long> fingerprints() {
        List<Long> fingerprints = new ArrayList<>(Collections.nCopies(BUCKETS, 0L));
        cells.forEach((key, cell) -> {
            int bucket = bucket(key);
            long mine = cell.version.fingerprint(key, cell.value == null);
            fingerprints.set(bucket, fingerprints.get(bucket) ^ mine);
        });
        return fingerprints;
    }

    /** Removes what has had its time, and forgets old removals; returns the keys that were removed. */
    synchronized Set<String> expire() {
        long now = clock.nanoTime();
        Map<String, Cell> over = new HashMap<>();
        cells.forEach((key, cell) -> {
            if (cell.isOver(now)) {
                over.put(key, cell);
            }
        });
        Set<String> removed = new HashSet<>();
        over.forEach((key, cell) -> {
            set(key, cell.value == null ? null : removal(cell.version));
            if (cell.value != null) {
                removed.add(key);
            }
        });
        forgetOldest(cells.size() - live - MAX_REMOVALS);
        return removed;
    }

    private void forgetOldest(int count) {
        if (count > 0) {
            cells.entrySet().stream()
                    .filter(entry -> entry.getValue().value == null)
                    .sorted(Map.Entry.comparingByValue(Comparator.comparing((Cell cell) -> cell.version)))
                    .limit(count)
                    .map(Map.Entry::getKey)
                    .toList()
                    .forEach(key -> set(key, null));
        }
    }
}
