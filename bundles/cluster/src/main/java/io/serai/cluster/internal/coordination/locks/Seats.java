package io.serai.cluster.internal.coordination.locks;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Locks that this process has, or wants, among those in reach: asks the arbiter, which is where the view is led. */
final class Seats {
    private static final Duration RETRY = Duration.ofMillis(250);
    private static final Duration KEPT_EVERY = Duration.ofSeconds(2);

    private final Hub hub;
    private final Arbiter arbiter;
    private final Map<Long, Seat> seats = new LinkedHashMap<>();
    private long next = 1;
    private int keeping; // counts, so that what was asked of an arbiter before is not asked again

    Seats(Hub hub) {
        this.hub = hub;
        this.arbiter = new Arbiter(hub);
        hub.serve(SeatFree.class, (from, free) -> {
            seats.values().stream()
                    .filter(seat -> seat.key.equals(free.key()))
                    .toList()
                    .forEach(Seat::ask);
            return new LockDone();
        });
        hub.serve(SeatLost.class, (from, lost) -> {
            lose(lost.id());
            return new LockDone();
        });
        hub.watch(this::viewChanged);
        hub.agenda().after(RETRY, this::retry);
        hub.agenda().after(KEPT_EVERY, this::keepOn);
    }

    /** Makes a claim that is not started. */
    Claim claim(String key, Claim.Events events) {
        return new Seat(key, events);
    }

    private Optional<UUID> leader() {
        return hub.view().stream().findFirst();
    }

    private void viewChanged() {
        if (hub.view().isEmpty()) {
            List.copyOf(seats.keySet()).forEach(this::lose);
            return;
        }
        keep();
        askAll();
    }

    private void askAll() {
        List.copyOf(seats.values()).forEach(Seat::ask);
    }

    private void retry() {
        askAll();
        hub.agenda().after(RETRY, this::retry);
    }

    private void keepOn() {
        keep();
        hub.agenda().after(KEPT_EVERY, this::keepOn);
    }

    /** Tells the arbiter what this process has. */
    private void keep() {
        keeping++;
        leader().ifPresent(leader -> keep(leader, keeping));
    }

    private void keep(UUID leader, int round) {
        if (round != keeping) {
            return;
        }
        List<Holding> held = seats.values().stream()
                .filter(seat -> seat.held)
                .map(seat -> new Holding(seat.key, seat.id, seat.token))
                .toList();
        List<Long> pending = seats.values().stream()
                .filter(seat -> !seat.held)
                .map(seat -> seat.id)
                .toList();
        SeatsHeld told = new SeatsHeld(held, pending, next, arbiter.clock());
        CompletableFuture<?> unused = hub.ask(leader, told, SeatsKept.class, Arbiter.TIMEOUT)
                .whenComplete((kept, failure) -> kept(leader, round, kept));
    }

    private void kept(UUID leader, int round, @Nullable SeatsKept kept) {
        if (kept == null || !kept.leads()) {
            // it may not know yet that it leads
            hub.agenda().after(RETRY, () -> keep(leader, round));
            return;
        }
        arbiter.see(kept.clock());
        if (leader().filter(leader::equals).isPresent()) {
            kept.lost().forEach(this::lose);
            askAll();
        }
    }

    private void lose(long id) {
        Seat seat = seats.get(id);
        if (seat != null && seat.held) {
            seats.remove(id);
            seat.held = false;
            seat.events.lost();
        }
    }

    /** One lock. */
    private final class Seat implements Claim {
        private final String key;
        private final Events events;
        private long id; // of the thread, as all but held
        private long token;
        private boolean asking;
        private volatile boolean held;

        Seat(String key, Events events) {
            this.key = key;
            this.events = events;
        }

        @Override
        public void start() {
            id = next++;
            seats.put(id, this);
            ask();
        }

        private void ask() {
            if (held || asking || !seats.containsKey(id)) {
                return;
            }
            if (hub.view().isEmpty()) {
                events.refused();
                return;
            }
            UUID leader = hub.view().get(0);
            asking = true;
            CompletableFuture<?> unused = hub.ask(leader, new SeatRequest(key, id), SeatAnswer.class, Arbiter.TIMEOUT)
                    .whenComplete((answer, failure) -> answered(leader, answer == null ? 0 : answer.token()));
        }

        private void answered(UUID leader, long given) {
            asking = false;
            arbiter.see(given);
            boolean current = leader().filter(leader::equals).isPresent();
            if (given > 0 && current && seats.containsKey(id)) {
                token = given;
                held = true;
                events.held(given);
                return;
            }
            if (given > 0) {
                release(leader);
            }
            if (seats.containsKey(id)) {
                events.refused();
            }
        }

        private void release(UUID leader) {
            if (hub.view().contains(leader)) {
                CompletableFuture<?> unused =
                        hub.ask(leader, new SeatRelease(key, id), LockDone.class, Arbiter.TIMEOUT);
            }
        }

        @Override
        public boolean isHeld() {
            return held;
        }

        @Override
        public void close() {
            held = false;
            if (seats.remove(id) != null) {
                leader().ifPresent(this::release);
            }
        }
    }
}
