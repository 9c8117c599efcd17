package io.serai.cluster.internal.replication;

import io.serai.api.state.ChangeForwarder;
import io.serai.api.state.CommitId;
import io.serai.api.state.StateException;
import io.serai.api.state.StateException.Reason;
import io.serai.api.state.StateReplica;
import io.serai.api.state.StateRepository;
import io.serai.cluster.internal.message.Answer;
import io.serai.cluster.internal.message.Frame;
import io.serai.cluster.internal.message.Request;
import io.serai.cluster.internal.replication.Peers.Peer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Changes that go through the node that leads: sends those of this node there, and appends those of others if it leads. */
public final class Proposals implements ChangeForwarder {
    private static final Logger LOG = LoggerFactory.getLogger(Proposals.class);
    // a change is appended within some hundredths of a second; while the other node fetches parts of it, it is not
    // silent
    private static final Duration SILENCE = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final StateRepository repository;
    private final StateReplica replica;
    private final Asking asking;
    private final CatchUp catchUp;
    private final Supply supply;
    private final Peers peers;
    // a leader that did not answer is not asked again until it is heard of, so that people wait for it once
    private final AtomicReference<@Nullable Silent> silent = new AtomicReference<>();

    private record Silent(UUID process, Optional<Peer> said) {}

    /**
     * What it exchanges changes with.
     *
     * @param asking asks the other nodes
     * @param catchUp gets what a change consists of
     * @param supply gives it to those who ask for it
     */
    public record Exchange(Asking asking, CatchUp catchUp, Supply supply) {}

    /** Makes one for the state of this node. */
    public Proposals(Replicator.State state, Exchange exchange, Peers peers) {
        this.repository = state.repository();
        this.replica = state.replica();
        this.asking = exchange.asking();
        this.catchUp = exchange.catchUp();
        this.supply = exchange.supply();
        this.peers = peers;
    }

    @Override
    public boolean forwards() {
        Optional<UUID> leader = peers.leader();
        if (leader.isEmpty()) {
            return false;
        }
        Optional<Peer> said = peers.peer(leader.get());
        return said.isPresent() && !new Silent(leader.get(), said).equals(silent.get());
    }

    @Override
    public Optional<CommitId> forward(CommitId proposal) throws StateException {
        Optional<UUID> leader = peers.leader();
        Optional<Peer> said = leader.flatMap(peers::peer);
        if (leader.isEmpty() || said.isEmpty()) {
            return Optional.empty();
        }
        try {
            Optional<byte[]> pack =
                    BoundedPack.of(replica, proposal, Set.of(said.get().head()));
            Frame<Request.Proposal> request =
                    new Frame<>(new Request.Proposal(proposal.value()), ByteBuffer.wrap(pack.orElse(new byte[0])));
            Frame<Answer> answer = await(leader.get(), asking.send(leader.get(), request, LONGEST));
            catchUp.take(answer.copyOfPayload());
            CommitId head = catchUp.include(leader.get(), headOf(answer));
            answer.header().check(); // not before: whoever is refused sees why, and can propose anew on top of that
            return Optional.of(head);
        } catch (IOException e) {
            silent.set(new Silent(leader.get(), said));
            LOG.warn("The node that leads did not answer, so this node appended a change: cause={}", e.getMessage());
            return Optional.empty();
        } catch (StateException e) {
            if (e.reason() == Reason.CONFLICT || e.reason() == Reason.INVALID) {
                throw e;
            }
            LOG.warn("The node that leads could not append a change, so this node did: cause={}", e.getMessage());
            return Optional.empty();
        }
    }

    private Frame<Answer> await(UUID leader, CompletableFuture<ByteBuffer> coming) throws IOException {
        while (!asking.comes(coming, SILENCE)) {
            if (!supply.served(leader, SILENCE)) {
                coming.cancel(true);
                throw new IOException("it was silent for " + SILENCE.toMillis() + " ms");
            }
        }
        return asking.receive(coming);
    }

    private static CommitId headOf(Frame<Answer> answer) throws IOException, StateException {
        String head = answer.header().head();
        if (head == null) {
            answer.header().check();
            throw new IOException("It does not lead");
        }
        return new CommitId(head);
    }

    /**
     * Appends what another node proposes.
     *
     * @return an answer without a head if this node does not lead
     */
    public Frame<Answer> accept(UUID from, Frame<Request.Proposal> request) throws StateException, IOException {
        if (peers.leader().isPresent()) {
            return Frame.of(Answer.done());
        }
        CommitId proposal = new CommitId(request.header().commit());
        byte[] pack = request.copyOfPayload();
        catchUp.take(pack);
        CommitId head;
        try {
            head = accept(from, proposal);
        } catch (StateException e) {
            return Frame.of(Answer.refused(e).at(repository.head().commit().value()));
        }
        if (head.equals(proposal)) {
            return Frame.of(Answer.head(head.value()));
        }
        Set<CommitId> known = new HashSet<>(Set.of(proposal));
        peers.peer(from).ifPresent(peer -> known.add(peer.head()));
        byte[] back = BoundedPack.of(replica, head, known).orElse(new byte[0]);
        return new Frame<>(Answer.head(head.value()), ByteBuffer.wrap(back));
    }

    private CommitId accept(UUID from, CommitId proposal) throws StateException, IOException {
        if (replica.has(proposal)) {
            try {
                return replica.accept(proposal);
            } catch (StateException e) {
                if (e.reason() != Reason.NOT_FOUND) {
                    throw e;
                }
            }
        }
        catchUp.complete(from, proposal);
        return replica.accept(proposal);
    }
}
