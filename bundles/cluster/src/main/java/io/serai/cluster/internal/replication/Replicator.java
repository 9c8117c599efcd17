package io.serai.cluster.internal.replication;

import io.serai.api.state.CommitId;
import io.serai.api.state.StateException;
import io.serai.api.state.StateReplica;
import io.serai.api.state.StateRepository;
import io.serai.cluster.internal.message.Announcement;
import io.serai.cluster.internal.message.Frame;
import io.serai.cluster.internal.replication.Peers.Peer;
import io.serai.cluster.internal.transport.Transport;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the state of this node and those of the others one: tells its head, and follows theirs. All of it happens on one
 * thread, one thing after the other; methods hand over and return.
 */
public final class Replicator {
    private static final Logger LOG = LoggerFactory.getLogger(Replicator.class);

    private final Peers peers;
    private final CatchUp catchUp;
    private final Executor thread;
    private final Announcer announcer;
    private final StateRepository repository;
    private final UUID node;
    private final Consumer<UUID> twin;
    // who had which head at the last comparison, and which one this node had, without one being part of the other
    private final Map<UUID, Apart> apart = new HashMap<>(); // of the thread
    private final Set<UUID> followed = new HashSet<>(); // of the thread
    private final CompletableFuture<Void> caughtUp = new CompletableFuture<>();

    private record Apart(CommitId theirs, CommitId ours) {}

    /**
     * What a node replicates.
     *
     * @param repository its state
     * @param replica the same, as it is replicated
     */
    public record State(StateRepository repository, StateReplica replica) {}

    /**
     * The node that replicates.
     *
     * @param node its id
     * @param twin told of another process that says it is this node
     */
    public record Self(UUID node, Consumer<UUID> twin) {}

    /**
     * Makes one.
     *
     * @param thread runs one task at a time, in order
     */
    public Replicator(Self self, State state, Transport transport, Peers peers, Executor thread) {
        this.node = self.node();
        this.twin = self.twin();
        this.repository = state.repository();
        this.peers = peers;
        this.thread = thread;
        this.catchUp = new CatchUp(state, new Asking(transport), peers);
        this.announcer = new Announcer(state.repository(), state.replica(), transport, peers, node);
    }

    /** Is told that the head of this node has moved. */
    public void headMoved() {
        thread.execute(announcer::headMoved);
    }

    /** Is told who is in reach. */
    public void viewChanged(List<UUID> view) {
        peers.see(view);
        thread.execute(() -> {
            // even if nobody is new: others may have gone on without this node, or one that went has told some only
            announcer.repeat();
            followed.retainAll(view);
            apart.keySet().retainAll(view);
            checkCaughtUp();
        });
    }

    /** Returns what completes when this node has had, for the first time, all that each node in reach has. */
    public CompletableFuture<Void> caughtUp() {
        return caughtUp;
    }

    private void checkCaughtUp() {
        if (!caughtUp.isDone() && peers.others().allMatch(followed::contains)) {
            caughtUp.complete(null);
        }
    }

    /** Is told the head of another node. */
    public void announced(UUID from, Frame<Announcement> message) {
        if (node.equals(message.header().node())) {
            twin.accept(from);
            return;
        }
        CommitId head = new CommitId(message.header().head());
        peers.hear(from, new Peer(message.header().node(), head));
        byte[] pack = message.copyOfPayload();
        thread.execute(() -> follow(from, head, pack, false));
    }

    /** Compares heads with those of the others, which do the same: mends what an announcement that was lost has missed. */
    public void compare() {
        thread.execute(() -> {
            announcer.repeat();
            for (UUID process : peers.view()) {
                peers.peer(process).ifPresent(peer -> compare(process, peer.head()));
            }
        });
    }

    /** Follows another node; merges if nobody has since the last comparison. */
    private void compare(UUID process, CommitId head) {
        Apart now = new Apart(head, repository.head().commit());
        follow(process, head, new byte[0], now.equals(apart.get(process)));
        if (repository.head().commit().equals(now.ours())) {
            apart.put(process, now);
        } else {
            apart.remove(process);
        }
    }

    /**
     * Makes the head of another node part of that of this one. If they have moved apart, the node that leads merges them,
     * which has heard of both: what each node merged by itself, all others would have to merge again.
     */
    private void follow(UUID from, CommitId head, byte[] pack, boolean merge) {
        CommitId before = repository.head().commit();
        boolean led = peers.leader().flatMap(peers::peer).isPresent();
        try {
            if (!head.equals(before)) {
                catchUp.take(pack);
                CommitId after = led && !merge ? catchUp.follow(from, head) : catchUp.include(from, head);
                LOG.debug("Followed a node: before={}, its={}, after={}", before, head, after);
            }
            followed.add(from);
            checkCaughtUp();
        } catch (StateException e) {
            LOG.warn(
                    "Could not take in the state of another node, tried again later: head={}, reason={}, message={}",
                    head,
                    e.reason(),
                    e.getMessage());
        }
    }
}
