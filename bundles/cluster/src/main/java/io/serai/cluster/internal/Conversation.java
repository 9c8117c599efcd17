package io.serai.cluster.internal;

import io.serai.api.state.StateException;
import io.serai.api.state.StateException.Reason;
import io.serai.cluster.internal.coordination.Connection;
import io.serai.cluster.internal.message.Announcement;
import io.serai.cluster.internal.message.Answer;
import io.serai.cluster.internal.message.Frame;
import io.serai.cluster.internal.message.Request;
import io.serai.cluster.internal.replication.Proposals;
import io.serai.cluster.internal.replication.Replicator;
import io.serai.cluster.internal.replication.Supply;
import io.serai.cluster.internal.transport.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes what comes from other nodes to whom it concerns. */
final class Conversation implements Transport.Receiver {
    private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);

    private final Replicator replicator;
    private final Proposals proposals;
    private final Supply supply;
    private final Questions questions;
    private final Connection coordination;

    Conversation(
            Replicator replicator, Proposals proposals, Supply supply, Questions questions, Connection coordination) {
        this.replicator = replicator;
        this.proposals = proposals;
        this.supply = supply;
        this.questions = questions;
        this.coordination = coordination;
    }

    @Override
    public void viewChanged(List<UUID> view) {
        LOG.info("The nodes in reach have changed: count={}, processes={}", view.size(), view);
        replicator.viewChanged(view);
        coordination.viewChanged(view);
    }

    @Override
    public void announced(UUID from, ByteBuffer message) {
        try {
            replicator.announced(from, Frame.decode(Announcement.class, message));
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("Ignored a message that cannot be read: from={}, cause={}", from, e.getMessage());
        }
    }

    @Override
    public byte[] asked(UUID from, ByteBuffer request) {
        try {
            return answer(from, request).encode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Frame<Answer> answer(UUID from, ByteBuffer bytes) {
        try {
            Frame<Request> frame = Frame.decode(Request.class, bytes);
            return answer(from, frame.header(), frame);
        } catch (StateException e) {
            return Frame.of(Answer.refused(e));
        } catch (IOException
                | RuntimeException e) { // the edge of a request: the other side is told, and it is logged here
            LOG.warn("Could not answer another node: from={}", from, e);
            return Frame.of(Answer.refused(new StateException(Reason.IO, String.valueOf(e.getMessage()), e)));
        }
    }

    private Frame<Answer> answer(UUID from, Request request, Frame<?> frame) throws StateException, IOException {
        if (request instanceof Request.Pack pack) {
            return supply.open(from, pack);
        }
        if (request instanceof Request.Piece piece) {
            return supply.piece(from, piece);
        }
        if (request instanceof Request.Part part) {
            return supply.part(from, part);
        }
        if (request instanceof Request.Proposal proposal) {
            return proposals.accept(from, new Frame<>(proposal, frame.payload()));
        }
        if (request instanceof Request.Question question) {
            byte[] answer = questions.answer(question.name(), frame.copyOfPayload());
            return new Frame<>(Answer.done(), ByteBuffer.wrap(answer));
        }
        if (request instanceof Request.Coordination message) {
            byte[] answer = coordination.asked(from, message.kind(), frame.copyOfPayload());
            return new Frame<>(Answer.done(), ByteBuffer.wrap(answer));
        }
        throw new IllegalStateException("There is no other kind of request than those above: " + request);
    }
}
