package io.serai.runtime.internal.statistics;

import io.serai.api.runtime.ServiceStatistics.SlowCall;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The slowest calls seen. A call that is not among them costs one read of a field. */
final class SlowestCalls {
    static final int KEPT = 10;

    private final Clock clock;
    private final Object lock = new Object();
    private final PriorityQueue<Entry> fastestFirst = new PriorityQueue<>(KEPT); // guarded by lock
    private volatile long thresholdNanos;

    SlowestCalls(Clock clock) {
        this.clock = clock;
    }

    void offer(long nanos, String correlationId) {
        if (nanos <= thresholdNanos) {
            return;
        }
        Entry entry = new Entry(nanos, clock.instant(), correlationId);
        synchronized (lock) {
            fastestFirst.add(entry);
            if (fastestFirst.size() > KEPT) {
                fastestFirst.remove();
            }
            if (fastestFirst.size() == KEPT) {
                thresholdNanos = fastestFirst.element().nanos();
            }
        }
    }

    List<SlowCall> slowestFirst() {
        List<Entry> entries;
        synchronized (lock) {
            entries = new ArrayList<>(fastestFirst);
        }
        entries.sort(Comparator.reverseOrder());
        return entries.stream().map(Entry::call).toList();
    }

    private record Entry(long nanos, Instant at, String correlationId) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            return Long.compare(nanos, other.nanos);
        }

        SlowCall call() {
            return new SlowCall(at, correlationId, Duration.ofNanos(nanos));
        }
    }
}
