package io.serai.cluster.internal.coordination.locks;

import io.serai.api.cluster.ClusterLocks;
import io.serai.cluster.internal.coordination.Hub;
import io.serai.cluster.internal.coordination.locks.LockMessage.Inquiry;
import io.serai.cluster.internal.coordination.locks.LockMessage.LockDone;
import io.serai.cluster.internal.coordination.locks.LockMessage.PromiseRequest;
import io.serai.cluster.internal.coordination.locks.LockMessage.Promised;
import io.serai.cluster.internal.coordination.locks.LockMessage.Standing;
import io.serai.cluster.internal.coordination.locks.LockMessage.Withdrawal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this node has promised: each lock to one claim at a time, for the time of a lease, and each time with a greater
 * token. A claim that has the promises of more than half of the members is the holder, and the only one, because two
 * majorities have a node in common; as in Paxos, with leases (Gray and Cheriton, 1989) for the time they hold.
 *
 * <p>Leases are in memory: a node that has started promises nothing for the time of one, when all that it may have promised
 * before are over. Tokens are on the disk, a thousand ahead, so that hardly ever something is written.
 *
 * <p>When members come or go, more than half of the new ones are not always in touch with more than half of the old ones of
 * long ago. So claims and promises count only among nodes that know of the same members, and a node promises again only when
 * it has learned from more than half of the new members, which know of each other, what they have promised.
 */
final class Promises {
    static final Duration LEASE = Duration.ofSeconds(8);
    private static final Logger LOG = LoggerFactory.getLogger(Promises.class);
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final long AHEAD = 1_000;
    private static final int MAX_WITHDRAWN = 1_000;

    private final Hub hub;
    private final Supplier<Set<UUID>> members;
    private final PromiseStore store;
    private final Map<String, Lease> leases = new HashMap<>();
    private final Set<UUID> withdrawn = new LinkedHashSet<>(); // claims whose requests may still be under way
    private String settled = "";
    private long floor; // of names without a lease
    private long written = -1; // what is on the disk; -1 before that was read
    private long quietUntil;

    /** To whom a lock is, or was, promised. */
    private record Lease(UUID claim, long token, long until) {}

    Promises(Hub hub, Supplier<Set<UUID>> members, PromiseStore store) {
        this.hub = hub;
        this.members = members;
        this.store = store;
        hub.serve(Inquiry.class, (from, inquiry) -> standing(inquiry));
        hub.serve(PromiseRequest.class, (from, request) -> new Promised(hub.node(), promise(request)));
        hub.serve(Withdrawal.class, (from, withdrawal) -> withdraw(withdrawal));
        hub.watch(this::settle);
        hub.agenda().execute(this::tick);
    }

    /** Returns the members as this node knows them now. */
    Electorate electorate() {
        return new Electorate(members.get());
    }

    private void tick() {
        settle();
        hub.agenda().after(TICK, this::tick);
    }

    private boolean isOver(Lease lease) {
        return hub.agenda().nanoTime() - lease.until() >= 0;
    }

    /** Reads what is on the disk, once; returns whether that is known. */
    private boolean isLoaded() {
        if (written >= 0) {
            return true;
        }
        try {
            OptionalLong read = store.read();
            boolean first = read.isEmpty();
            quietUntil = hub.agenda().nanoTime() + (first ? 0 : LEASE.toNanos());
            floor = read.orElse(0);
            written = floor;
            return true;
        } catch (IOException e) {
            LOG.warn(
                    "Could not read what this node has promised, so it counts for no majority: cause={}", e.toString());
            return false;
        }
    }

    private long highest(@Nullable String name) {
        if (name == null) {
            return Math.max(
                    floor,
                    leases.values().stream().mapToLong(Lease::token).max().orElse(0));
        }
        Lease lease = leases.get(name);
        return lease == null ? floor : Math.max(floor, lease.token());
    }

    private Standing standing(Inquiry inquiry) {
        // a node that does not know what it has promised is of no members, so nobody counts it
        String digest = isLoaded() ? electorate().digest() : "";
        return new Standing(hub.node(), digest, highest(inquiry.name()));
    }

    /** Learns what was promised from more than half of the members, each time that these are others. */
    private void settle() {
        Electorate electorate = electorate();
        if (!isLoaded() || settled.equals(electorate.digest())) {
            return;
        }
        Set<UUID> agreeing = new HashSet<>();
        for (UUID process : hub.view()) {
            CompletableFuture<?> unused = hub.ask(process, new Inquiry(null), Standing.class, Arbiter.TIMEOUT)
                    .thenAccept(standing -> {
                        if (standing.members().equals(electorate.digest()) && raise(standing.highest())) {
                            agreeing.add(standing.node());
                        }
                        if (electorate.isMajority(agreeing)) {
                            settled = electorate.digest();
                        }
                    });
        }
    }

    private boolean raise(long highest) {
        if (!isWritten(highest)) {
            return false;
        }
        floor = Math.max(floor, highest);
        return true;
    }

    private boolean isWritten(long token) {
        if (token <= written) {
            return true;
        }
        try {
            store.write(token + AHEAD);
            written = token + AHEAD;
            return true;
        } catch (IOException | UncheckedIOException e) {
            LOG.warn(
                    "Could not write what this node promises, so it does not; see to its disk: cause={}", e.toString());
            return false;
        }
    }

    private boolean promise(PromiseRequest request) {
        Lease lease = leases.get(request.name());
        if (!isLoaded()
                || withdrawn.contains(request.claim())
                || !request.members().equals(electorate().digest())) {
            return false;
        }
        if (lease == null || isOver(lease) || !lease.claim().equals(request.claim())) {
            if (hub.agenda().nanoTime() - quietUntil < 0 || !mayPromise(request, lease)) {
                return false;
            }
        }
        long until = hub.agenda().nanoTime() + LEASE.toNanos();
        leases.put(
                request.name(), new Lease(request.claim(), Math.max(request.token(), highest(request.name())), until));
        return true;
    }

    private boolean mayPromise(PromiseRequest request, @Nullable Lease lease) {
        if (!settled.equals(request.members()) || (lease != null && !isOver(lease)) || !hasRoom(request.name())) {
            return false;
        }
        // a holder that this node has forgotten, or has not heard of for long, may go on
        return (request.renewal() || request.token() > highest(request.name())) && isWritten(request.token());
    }

    private boolean hasRoom(String name) {
        if (leases.size() >= ClusterLocks.MAX_LOCKS && !leases.containsKey(name)) {
            leases.values().removeIf(lease -> {
                boolean over = isOver(lease);
                floor = over ? Math.max(floor, lease.token()) : floor;
                return over;
            });
        }
        return leases.size() < ClusterLocks.MAX_LOCKS || leases.containsKey(name);
    }

    private LockDone withdraw(Withdrawal withdrawal) {
        withdrawn.add(withdrawal.claim());
        if (withdrawn.size() > MAX_WITHDRAWN) {
            withdrawn.remove(withdrawn.iterator().next());
        }
        leases.computeIfPresent(
                withdrawal.name(),
                (name, lease) -> lease.claim().equals(withdrawal.claim())
                        ? new Lease(lease.claim(), lease.token(), hub.agenda().nanoTime())
                        : lease);
        return new LockDone();
    }
}
