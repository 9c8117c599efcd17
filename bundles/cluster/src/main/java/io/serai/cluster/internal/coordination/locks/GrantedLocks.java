package io.serai.cluster.internal.coordination.locks;

import io.serai.api.cluster.Agreement;
import io.serai.api.cluster.ClusterLock;
import io.serai.api.cluster.ClusterLocks;
import io.serai.api.cluster.LeaderElection;
import io.serai.api.cluster.Leadership;
import io.serai.cluster.internal.coordination.Hub;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Locks, and elections, which are locks that everybody who takes part waits for. */
public final class GrantedLocks implements ClusterLocks, LeaderElection {
    private static final Duration ASKING = Duration.ofSeconds(3);

    private final Hub hub;
    private final Executor listeners;
    private final Seats seats;
    private final Promises promises;
    private final Set<Entry> entries = new HashSet<>(); // guarded by entries
    private volatile boolean closed;

    /**
     * Makes the locks of this node.
     *
     * @param members returns the ids of all members
     * @param store where the node keeps what it has promised
     * @param listeners run what is told that a lock is lost
     */
    public GrantedLocks(Hub hub, Supplier<Set<UUID>> members, PromiseStore store, Executor listeners) {
        this.hub = hub;
        this.listeners = listeners;
        this.seats = new Seats(hub);
        this.promises = new Promises(hub, members, store);
    }

    /** One lock that this node has or waits for. */
    private final class Entry implements Claim.Events {
        private final String name;
        private final Claim claim;
        private final long giveUpAt; // nano-time
        private final boolean endless;
        private final Runnable whenLost;
        private final CompletableFuture<Optional<ClusterLock>> result = new CompletableFuture<>();
        private volatile @Nullable HeldLock lock;

        Entry(String name, Agreement agreement, Optional<Duration> wait, Runnable whenLost) {
            this.name = name;
            this.endless = wait.isEmpty();
            this.giveUpAt = hub.agenda().nanoTime() + wait.orElse(Duration.ZERO).toNanos();
            this.whenLost = whenLost;
            this.claim = agreement == Agreement.MAJORITY
                    ? new MajorityClaim(hub, promises, seats::claim, name, this)
                    : seats.claim("reachable/" + name, this);
        }

        @Override
        public void held(long token) {
            HeldLock got = new HeldLock(name, claim, token, this::give);
            lock = got;
            if (!result.complete(Optional.of(got))) {
                close();
            }
        }

        /** Runs what gives the lock back, on the thread. */
        private void give(Runnable task) {
            forget(this);
            hub.agenda().execute(task);
        }

        @Override
        public void refused() {
            if (!endless && hub.agenda().nanoTime() - giveUpAt >= 0) {
                giveUp();
            }
        }

        void giveUp() {
            if (result.complete(Optional.empty())) {
                close();
            }
        }

        @Override
        public void lost() {
            forget(this);
            HeldLock had = lock;
            if (had != null && had.lose(listeners)) {
                whenLost.run();
            }
        }

        void close() {
            forget(this);
            hub.agenda().execute(claim::close);
        }
    }

    private void forget(Entry entry) {
        synchronized (entries) {
            entries.remove(entry);
        }
    }

    private Entry enter(Entry entry) {
        synchronized (entries) {
            if (closed || entries.size() >= MAX_LOCKS) {
                throw new IllegalStateException("Cannot ask for the lock '" + entry.name + "': "
                        + (closed ? "the node is stopping" : "this node has or wants " + MAX_LOCKS + " locks"));
            }
            entries.add(entry);
        }
        hub.agenda().execute(entry.claim::start);
        return entry;
    }

    private static void check(String name) {
        if (name.isEmpty() || name.length() > MAX_NAME_CHARACTERS) {
            throw new IllegalArgumentException(
                    "The name has " + name.length() + " characters; allowed is from 1 to " + MAX_NAME_CHARACTERS);
        }
    }

    /** Asks for a lock; completes on the thread when it is held, or is not to be had in time. */
    CompletableFuture<Optional<ClusterLock>> ask(String name, Agreement agreement, Duration wait) {
        Entry entry = enter(new Entry("lock/" + name, agreement, Optional.of(wait), () -> {}));
        hub.agenda().after(wait.plus(ASKING), entry::giveUp);
        return entry.result;
    }

    @Override
    public Optional<ClusterLock> tryLock(String name, Agreement agreement, Duration wait) throws InterruptedException {
        check(name);
        if (wait.isNegative()) {
            throw new IllegalArgumentException("The time to wait is negative: " + wait);
        }
        CompletableFuture<Optional<ClusterLock>> coming = ask(name, agreement, wait);
        try {
            return coming.get(wait.plus(ASKING.multipliedBy(2)).toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            abandon(coming);
            throw e;
        } catch (TimeoutException e) {
            abandon(coming);
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("The lock '" + name + "' cannot be had", e);
        }
    }

    // whichever comes first: the lock finds that nobody waits, or is given back here
    private static void abandon(CompletableFuture<Optional<ClusterLock>> coming) {
        if (!coming.cancel(false)) {
            coming.join().ifPresent(ClusterLock::close);
        }
    }

    @Override
    public Leadership join(String name, Agreement agreement, Listener listener) {
        check(name);
        Candidate candidate = new Candidate(name, agreement, new Teller(listener, listeners));
        candidate.run();
        return candidate;
    }

    /** Who takes part in an election. */
    private final class Candidate implements Leadership {
        private final String name;
        private final Agreement agreement;
        private final Teller teller;
        private volatile Optional<Entry> entry = Optional.empty();
        private volatile boolean resigned;

        Candidate(String name, Agreement agreement, Teller teller) {
            this.name = name;
            this.agreement = agreement;
            this.teller = teller;
        }

        /** Asks to lead. */
        void run() {
            Entry asked = new Entry("election/" + name, agreement, Optional.empty(), this::deposed);
            entry = Optional.of(asked);
            CompletableFuture<?> unused = asked.result.thenAccept(given -> given.ifPresent(lock -> {
                if (resigned) {
                    lock.close();
                } else {
                    teller.tell(OptionalLong.of(lock.token()));
                }
            }));
            enter(asked);
        }

        private void deposed() {
            teller.tell(OptionalLong.empty());
            if (!resigned && !closed) {
                run();
            }
        }

        @Override
        public OptionalLong term() {
            ClusterLock lock = entry.map(asked -> asked.lock).orElse(null);
            return lock != null && lock.isHeld() ? OptionalLong.of(lock.token()) : OptionalLong.empty();
        }

        @Override
        public void close() {
            resigned = true;
            teller.close();
            entry.ifPresent(asked -> {
                asked.giveUp();
                ClusterLock lock = asked.lock;
                if (lock != null) {
                    lock.close();
                }
            });
        }
    }

    /** Gives all back; of the thread. */
    public void close() {
        List<Entry> all;
        synchronized (entries) {
            closed = true;
            all = new ArrayList<>(entries);
        }
        for (Entry entry : all) {
            entry.giveUp();
            entry.claim.close();
            entry.lost();
        }
    }
}
