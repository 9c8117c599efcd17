package io.serai.cluster.internal.coordination.locks;

import io.serai.api.cluster.ClusterLocks;
import io.serai.cluster.internal.coordination.Hub;
import io.serai.cluster.internal.coordination.locks.LockMessage.Holding;
import io.serai.cluster.internal.coordination.locks.LockMessage.LockDone;
import io.serai.cluster.internal.coordination.locks.LockMessage.SeatAnswer;
import io.serai.cluster.internal.coordination.locks.LockMessage.SeatFree;
import io.serai.cluster.internal.coordination.locks.LockMessage.SeatLost;
import io.serai.cluster.internal.coordination.locks.LockMessage.SeatRelease;
import io.serai.cluster.internal.coordination.locks.LockMessage.SeatRequest;
import io.serai.cluster.internal.coordination.locks.LockMessage.SeatsHeld;
import io.serai.cluster.internal.coordination.locks.LockMessage.SeatsKept;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiPredicate;

/**
 * Gives locks to those in reach, while this process leads the view. It knows what others told it, no more: whoever comes to
 * lead, or meets new processes, gives nothing before those have said what they have, or have been silent for a second.
 */
final class Arbiter {
    static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Duration SILENCE = Duration.ofSeconds(1);

    private final Hub hub;
    private final Map<String, Seat> seats = new HashMap<>();
    private final Set<UUID> heard = new HashSet<>();
    private long opensAt;
    private long clock;

    /** Who has a lock; of two that have the same one, the one that got it first keeps it. */
    private record Seat(UUID process, long id, long token) {
        private static final Comparator<Seat> ORDER = Comparator.comparingLong(Seat::token)
                .thenComparing(Seat::process)
                .thenComparingLong(Seat::id);

        boolean isOf(UUID other, long otherId) {
            return process.equals(other) && id == otherId;
        }
    }

    Arbiter(Hub hub) {
        this.hub = hub;
        hub.serve(SeatRequest.class, this::give);
        hub.serve(SeatRelease.class, this::release);
        hub.serve(SeatsHeld.class, this::keep);
        hub.watch(this::viewChanged);
    }

    private boolean leads() {
        return !hub.view().isEmpty() && hub.view().get(0).equals(hub.self());
    }

    /** Returns the greatest token that this process knows of. */
    long clock() {
        return clock;
    }

    /** Takes note of a token. */
    void see(long token) {
        clock = Math.max(clock, token);
    }

    private void viewChanged() {
        if (!leads()) {
            seats.clear();
            heard.clear();
            return;
        }
        heard.retainAll(hub.view());
        if (!heard.containsAll(hub.view())) {
            opensAt = hub.agenda().nanoTime() + SILENCE.toNanos();
        }
        removeIf((key, seat) -> !hub.view().contains(seat.process()));
    }

    private void removeIf(BiPredicate<String, Seat> condition) {
        List<String> free = seats.entrySet().stream()
                .filter(entry -> condition.test(entry.getKey(), entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        for (String key : free) {
            seats.remove(key);
            for (UUID process : hub.view()) {
                CompletableFuture<?> unused = hub.ask(process, new SeatFree(key), LockDone.class, TIMEOUT);
            }
        }
    }

    private boolean isOpen() {
        return heard.containsAll(hub.view()) || hub.agenda().nanoTime() - opensAt >= 0;
    }

    private SeatAnswer give(UUID from, SeatRequest request) {
        if (!leads() || !hub.view().contains(from) || !isOpen()) {
            return new SeatAnswer(0);
        }
        Seat seat = seats.get(request.key());
        if (seat == null && seats.size() < ClusterLocks.MAX_LOCKS) {
            clock++;
            seat = new Seat(from, request.id(), clock);
            seats.put(request.key(), seat);
        }
        return new SeatAnswer(seat != null && seat.isOf(from, request.id()) ? seat.token() : 0);
    }

    private LockDone release(UUID from, SeatRelease release) {
        removeIf((key, seat) -> key.equals(release.key()) && seat.isOf(from, release.id()));
        return new LockDone();
    }

    private SeatsKept keep(UUID from, SeatsHeld told) {
        see(told.clock());
        if (!leads() || !hub.view().contains(from)) {
            return new SeatsKept(false, List.of(), clock);
        }
        heard.add(from);
        Set<Long> known = new HashSet<>(told.pending());
        told.held().forEach(holding -> known.add(holding.id()));
        removeIf((key, seat) -> seat.process().equals(from) && seat.id() < told.next() && !known.contains(seat.id()));
        List<Long> lost = new ArrayList<>();
        for (Holding holding : told.held()) {
            if (!settle(holding.key(), new Seat(from, holding.id(), holding.token()))) {
                lost.add(holding.id());
            }
        }
        return new SeatsKept(true, lost, clock);
    }

    private boolean settle(String key, Seat claimed) {
        Seat seat = seats.get(key);
        if (seat != null && Seat.ORDER.compare(seat, claimed) < 0) {
            return false;
        }
        seats.put(key, claimed);
        if (seat != null && !seat.isOf(claimed.process(), claimed.id())) {
            CompletableFuture<?> unused = hub.ask(seat.process(), new SeatLost(seat.id()), LockDone.class, TIMEOUT);
        }
        return true;
    }
}
