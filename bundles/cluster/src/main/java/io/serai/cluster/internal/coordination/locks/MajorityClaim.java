package io.serai.cluster.internal.coordination.locks;

import io.serai.cluster.internal.coordination.Hub;
import io.serai.cluster.internal.coordination.locks.LockMessage.Inquiry;
import io.serai.cluster.internal.coordination.locks.LockMessage.LockDone;
import io.serai.cluster.internal.coordination.locks.LockMessage.PromiseRequest;
import io.serai.cluster.internal.coordination.locks.LockMessage.Promised;
import io.serai.cluster.internal.coordination.locks.LockMessage.Standing;
import io.serai.cluster.internal.coordination.locks.LockMessage.Withdrawal;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A lock that more than half of the members have promised. It first gets the lock of that name among those in reach, so that
 * those who see each other do not hinder each other; that one promises nothing here.
 */
final class MajorityClaim implements Claim {
    // how much faster than the holder's the clock of a node may run in the time of a lease
    private static final Duration DRIFT = Duration.ofMillis(500);
    private static final long LEASE_NANOS = Promises.LEASE.minus(DRIFT).toNanos();
    private static final Duration RENEWED_EVERY = Duration.ofSeconds(2);
    private static final Duration RETRY = Duration.ofMillis(300);

    private final Hub hub;
    private final Promises promises;
    private final String name;
    private final Events events;
    private final Claim seat;
    private UUID claim;
    private long token;
    private boolean open = true;
    private boolean asking;
    private volatile boolean held;
    private volatile long until;

    MajorityClaim(Hub hub, Promises promises, BiFunction<String, Events, Claim> seats, String name, Events events) {
        this.hub = hub;
        this.promises = promises;
        this.name = name;
        this.claim = draw();
        this.events = events;
        this.seat = seats.apply("majority/" + name, new SeatEvents());
    }

    private UUID draw() {
        return new UUID(hub.agenda().random().nextLong(), hub.agenda().random().nextLong());
    }

    /** What becomes of the lock among those in reach; who holds this one needs it no more. */
    private final class SeatEvents implements Events {
        @Override
        public void held(long ofSeat) {
            inquire();
        }

        @Override
        public void refused() {
            events.refused();
        }

        @Override
        public void lost() {
            if (open && !held) {
                seat.start();
            }
        }
    }

    /** Answers of nodes, counted until more than half of the members have said yes, or all have answered. */
    private static final class Tally {
        private final Electorate electorate;
        private final Set<UUID> yes = new HashSet<>();
        private int awaited;
        private boolean done;

        Tally(Electorate electorate, int awaited) {
            this.electorate = electorate;
            this.awaited = awaited;
        }

        /** Returns whether it is decided by this answer. */
        boolean count(@Nullable UUID node) {
            awaited--;
            if (node != null) {
                yes.add(node);
            }
            boolean decides = !done && (awaited == 0 || electorate.isMajority(yes));
            done |= decides;
            return decides;
        }

        boolean isYes() {
            return electorate.isMajority(yes);
        }
    }

    @Override
    public void start() {
        seat.start();
    }

    @Override
    public boolean isHeld() {
        return held && hub.agenda().nanoTime() - until < 0;
    }

    private void inquire() {
        if (!open || held || asking || !seat.isHeld()) {
            return;
        }
        asking = true;
        Electorate electorate = promises.electorate();
        List<UUID> view = hub.view();
        if (view.isEmpty()) {
            retry();
        }
        Tally tally = new Tally(electorate, view.size());
        long[] highest = new long[1];
        for (UUID process : view) {
            CompletableFuture<?> unused = hub.ask(process, new Inquiry(name), Standing.class, Arbiter.TIMEOUT)
                    .handle((standing, failure) -> {
                        boolean counts = standing != null && standing.members().equals(electorate.digest());
                        if (counts && !tally.done) {
                            highest[0] = Math.max(highest[0], standing.highest());
                        }
                        if (tally.count(counts ? standing.node() : null)) {
                            inquired(tally, highest[0] + 1);
                        }
                        return null;
                    });
        }
    }

    private void inquired(Tally tally, long next) {
        if (open && tally.isYes()) {
            claim = draw(); // what was asked before may still be under way
            token = next;
            request(tally.electorate, false);
        } else {
            retry();
        }
    }

    private void retry() {
        asking = false;
        if (open) {
            events.refused();
            long chance = hub.agenda().random().nextLong(RETRY.toMillis()); // so that two do not meet again
            hub.agenda().after(RETRY.plusMillis(chance), this::inquire);
        }
    }

    private void request(Electorate electorate, boolean renewal) {
        long sent = hub.agenda().nanoTime();
        UUID of = claim;
        PromiseRequest request = new PromiseRequest(name, of, token, electorate.digest(), renewal);
        List<UUID> view = hub.view();
        if (view.isEmpty()) {
            decided(false, renewal, sent);
        }
        Tally tally = new Tally(electorate, view.size());
        for (UUID process : view) {
            CompletableFuture<?> unused = hub.ask(process, request, Promised.class, Arbiter.TIMEOUT)
                    .handle((promised, failure) -> {
                        boolean granted = promised != null && promised.granted();
                        if (tally.count(granted ? promised.node() : null) && of.equals(claim)) {
                            decided(tally.isYes(), renewal, sent + LEASE_NANOS);
                        }
                        return null;
                    });
        }
    }

    private void decided(boolean yes, boolean renewal, long end) {
        if (renewal) {
            // what has run out stays lost, whoever has promised since
            if (yes && isHeld()) {
                until = end;
            }
            return;
        }
        asking = false;
        if (yes && open && hub.agenda().nanoTime() - end < 0) {
            until = end;
            held = true;
            hub.agenda().after(RENEWED_EVERY, this::renew);
            watch();
            events.held(token);
        } else {
            withdraw();
            retry();
        }
    }

    private void renew() {
        if (isHeld()) {
            request(promises.electorate(), true);
            hub.agenda().after(RENEWED_EVERY, this::renew);
        }
    }

    /** Notices when the lease has run out. */
    private void watch() {
        if (!held) {
            return;
        }
        if (isHeld()) {
            hub.agenda().after(Duration.ofNanos(until - hub.agenda().nanoTime()), this::watch);
        } else {
            close();
            events.lost();
        }
    }

    private void withdraw() {
        for (UUID process : hub.view()) {
            CompletableFuture<?> unused =
                    hub.ask(process, new Withdrawal(name, claim), LockDone.class, Arbiter.TIMEOUT);
        }
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            held = false;
            withdraw();
            seat.close();
        }
    }
}
