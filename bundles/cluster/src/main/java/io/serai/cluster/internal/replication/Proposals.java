package io.serai.cluster.internal.replication;

import io.serai.api.state.ChangeForwarder;
import io.serai.api.state.CommitId;
import io.serai.api.state.StateException;
import io.serai.api.state.StateException.Reason;
import io.serai.api.state.StateReplica;
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
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Changes that go through the node that leads: sends those of this node there, and appends those of others if it leads. */
public final class Proposals implements ChangeForwarder {
    private static final Logger LOG = LoggerFactory.getLogger(Proposals.class);
    // a change that came along is appended within some hundredths of a second; one that is fetched takes its time
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Duration FETCHING_TIMEOUT = Duration.ofSeconds(20);

    private final StateReplica replica;
    private final Asking asking;
    private final CatchUp catchUp;
    private final Peers peers;
    // a leader that did not answer is not asked again until it is heard of, so that people wait for it once
    private final AtomicReference<@Nullable Silent> silent = new AtomicReference<>();

    private record Silent(UUID process, Optional<Peer> said) {}

    /** Makes one for the state of this node. */
    public Proposals(StateReplica replica, Asking asking, CatchUp catchUp, Peers peers) {
        this.replica = replica;
        this.asking = asking;
        this.catchUp = catchUp;
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
            Frame<Answer> answer = asking.ask(leader.get(), request, pack.isPresent() ? TIMEOUT : FETCHING_TIMEOUT);
            catchUp.take(answer.copyOfPayload());
            return Optional.of(catchUp.include(leader.get(), headOf(answer)));
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

    private static CommitId headOf(Frame<Answer> answer) throws IOException {
        String head = answer.header().head();
        if (head == null) {
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
        if (pack.length == 0) {
            catchUp.fetch(from, proposal);
        } else {
            catchUp.take(pack);
            if (!replica.has(proposal)) {
                catchUp.fetch(from, proposal);
            }
        }
        CommitId head = replica.accept(proposal);
        if (head.equals(proposal)) {
            return Frame.of(Answer.head(head.value()));
        }
        Set<CommitId> known = new HashSet<>(Set.of(proposal));
        peers.peer(from).ifPresent(peer -> known.add(peer.head()));
        byte[] back = BoundedPack.of(replica, head, known).orElse(new byte[0]);
        return new Frame<>(Answer.head(head.value()), ByteBuffer.wrap(back));
    }
}
