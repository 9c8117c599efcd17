package io.serai.access.internal.limit;

import io.serai.api.cluster.ClusterMap;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells other nodes what has passed on this one, and takes off here what has passed on them: twice a second, by a map of the
 * cluster, in which each process of a node has some keys of its own. What a process of this node counted before, this one
 * goes on with: as the map has it or, if no node has run, a file. Thread-safe.
 */
final class UsageExchange implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UsageExchange.class);
    private static final int CHUNKS = 16;
    private static final Duration KEPT = Duration.ofDays(40);

    private final ClusterMap map;
    private final UsageFile file;
    private final ClusterMap.Subscription subscription;
    private final String node;
    private final String process;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final ConcurrentLinkedQueue<Change> changes = new ConcurrentLinkedQueue<>();
    private final Object lock = new Object();
    private final Map<String, Map<Long, Usage>> heard = new HashMap<>(); // guarded by lock; by key
    private final Map<Long, Usage> told = new HashMap<>(); // guarded by lock
    private final Map<Long, Usage> idle = new HashMap<>(); // guarded by lock; those without bucket
    private final Set<String> adopted = new HashSet<>(); // guarded by lock; keys of earlier processes
    private Windows windows; // guarded by lock
    private Map<String, String> kept = Map.of(); // guarded by lock

    private record Change(String key, Optional<byte[]> value) {}

    /** Begins; what the map has already was counted before. */
    UsageExchange(ClusterMap map, UsageFile file, String node, Clock clock, LongSupplier nanoTime) {
        this.map = map;
        this.file = file;
        this.node = node + "/";
        this.process = this.node + Long.toHexString(clock.millis()) + "/";
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.windows = Windows.now(clock);
        this.subscription = map.subscribe((key, value) -> changes.add(new Change(key, value)));
        map.entries().forEach((key, value) -> {
            if (key.startsWith(this.node)) {
                changes.add(new Change(key, Optional.of(value)));
            } else {
                heard.put(key, read(key, value));
            }
        });
        // after what the map has, which is newer
        file.read()
                .forEach((key, message) ->
                        changes.add(new Change(key, Optional.of(message.getBytes(StandardCharsets.UTF_8)))));
    }

    /** Hears no more. */
    @Override
    public void close() {
        subscription.close();
    }

    /** Tells a bucket, before it counts, what has passed already. */
    void welcome(Bucket bucket) {
        synchronized (lock) {
            Usage before = idle.remove(bucket.id());
            if (before != null && windows.isNow(before.window())) {
                bucket.resume(before.counted());
                bucket.othersInWindow(others(bucket.id(), before.window()));
            } else {
                bucket.othersInWindow(
                        Math.max(others(bucket.id(), windows.day()), others(bucket.id(), windows.month())));
            }
        }
    }

    /** Keeps what a bucket has counted, which goes. */
    void goes(Bucket bucket, LimitSpec spec) {
        synchronized (lock) {
            told.remove(bucket.id());
            if (spec.quota().isPresent()) {
                idle.put(bucket.id(), new Usage(0, windows.of(spec), bucket.own()));
            }
        }
    }

    /** Exchanges with the other nodes what there is of these limits. */
    void exchange(Collection<Limit> limits) {
        synchronized (lock) {
            Map<Long, Bucket> buckets = new HashMap<>();
            limits.forEach(limit -> limit.buckets().forEach(bucket -> buckets.put(bucket.id(), bucket)));
            turnOver(limits);
            List<String> done = new ArrayList<>();
            for (Change change = changes.poll(); change != null; change = changes.poll()) {
                if (take(change, buckets)) {
                    done.add(change.key());
                }
            }
            tell(limits);
            done.forEach(map::remove);
        }
    }

    /** Begins anew when the day or the month has. */
    private void turnOver(Collection<Limit> limits) {
        Windows now = Windows.now(clock);
        Windows before = windows;
        windows = now;
        for (Limit limit : limits) {
            if (now.of(limit.spec()) != before.of(limit.spec())) {
                limit.buckets().forEach(Bucket::restart);
            }
        }
        idle.values().removeIf(usage -> !now.isNow(usage.window()));
    }

    /** Learns what the map has now; returns whether it was of an earlier process of this node. */
    private boolean take(Change change, Map<Long, Bucket> buckets) {
        if (change.key().startsWith(process)) {
            return false;
        }
        Map<Long, Usage> now =
                change.value().map(value -> read(change.key(), value)).orElse(Map.of());
        if (change.key().startsWith(node)) {
            if (adopted.add(change.key())) {
                now.forEach((id, usage) -> adopt(id, usage, buckets));
            }
            return change.value().isPresent();
        }
        Map<Long, Usage> before = now.isEmpty() ? heard.remove(change.key()) : heard.put(change.key(), now);
        Set<Long> ids = new HashSet<>(now.keySet());
        if (before != null) {
            ids.addAll(before.keySet());
        }
        for (Long id : ids) {
            Bucket bucket = buckets.get(id);
            if (bucket != null) {
                Usage one = before == null ? null : before.get(id);
                learn(bucket, one == null ? 0 : one.passed(), now.get(id));
            }
        }
        return false;
    }

    private void learn(Bucket bucket, long before, @Nullable Usage now) {
        if (now != null) {
            // a bucket that was forgotten counts from zero again
            long more = now.passed() >= before ? now.passed() - before : now.passed();
            bucket.passedElsewhere(more, nanoTime.getAsLong());
        }
        bucket.othersInWindow(Math.max(others(bucket.id(), windows.day()), others(bucket.id(), windows.month())));
    }

    private void adopt(Long id, Usage usage, Map<Long, Bucket> buckets) {
        if (!windows.isNow(usage.window())) {
            return;
        }
        Bucket bucket = buckets.get(id);
        if (bucket != null) {
            bucket.resume(usage.counted());
        } else {
            idle.merge(id, usage, (one, other) -> new Usage(0, one.window(), one.counted() + other.counted()));
        }
    }

    private long others(long id, long window) {
        long sum = 0;
        for (Map<Long, Usage> each : heard.values()) {
            Usage usage = each.get(id);
            sum += usage != null && usage.window() == window ? usage.counted() : 0;
        }
        return sum;
    }

    private void tell(Collection<Limit> limits) {
        Set<Integer> changed = new HashSet<>();
        Map<Long, Usage> now = new HashMap<>(idle);
        for (Limit limit : limits) {
            long window = windows.of(limit.spec());
            limit.buckets()
                    .forEach(bucket ->
                            now.put(bucket.id(), new Usage(bucket.passed(), window, window == 0 ? 0 : bucket.own())));
        }
        now.forEach((id, usage) -> {
            if (!usage.equals(told.put(id, usage))) {
                changed.add(chunk(id));
            }
        });
        told.keySet().retainAll(now.keySet());
        for (int chunk : changed) {
            Map<Long, Usage> part = new HashMap<>(told);
            part.keySet().removeIf(id -> chunk(id) != chunk);
            try {
                map.put(process + chunk, Usage.write(part).getBytes(StandardCharsets.UTF_8), KEPT);
            } catch (IllegalStateException e) {
                LOG.warn("Limits count on this node alone, as the map for it is full", e);
            }
        }
        if (!changed.isEmpty()) {
            keep();
        }
    }

    private void keep() {
        Map<String, String> messages = new HashMap<>();
        for (int chunk = 0; chunk < CHUNKS; chunk++) {
            Map<Long, Usage> part = new HashMap<>(told);
            int wanted = chunk;
            part.entrySet()
                    .removeIf(entry ->
                            chunk(entry.getKey()) != wanted || entry.getValue().window() == 0);
            if (!part.isEmpty()) {
                messages.put(process + chunk, Usage.write(part));
            }
        }
        if (!messages.equals(kept)) {
            kept = messages;
            file.write(messages);
        }
    }

    private static int chunk(long id) {
        return (int) Math.floorMod(id, (long) CHUNKS);
    }

    private static Map<Long, Usage> read(String key, byte[] value) {
        try {
            return Usage.read(new String(value, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            LOG.warn("Does not know what has passed on another node: key={}, cause={}", key, e.getMessage());
            return Map.of();
        }
    }
}
