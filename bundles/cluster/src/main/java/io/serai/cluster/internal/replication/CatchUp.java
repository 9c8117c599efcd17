package io.serai.cluster.internal.replication;

import io.serai.api.state.BlobId;
import io.serai.api.state.CommitId;
import io.serai.api.state.Revision;
import io.serai.api.state.StateException;
import io.serai.api.state.StateException.Reason;
import io.serai.api.state.StateReplica;
import io.serai.api.state.StateRepository;
import io.serai.cluster.internal.message.Answer;
import io.serai.cluster.internal.message.Frame;
import io.serai.cluster.internal.message.Request;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gets what this node lacks from others, and makes it part of the head. */
public final class CatchUp {
    private static final Logger LOG = LoggerFactory.getLogger(CatchUp.class);
    // how long another node may take to gather a pack; a whole history takes it some seconds
    private static final Duration PACK_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration PART_TIMEOUT = Duration.ofSeconds(10);
    // how far back the other node is told what is known here, so that it finds where the histories part
    private static final int KNOWN_DEPTH = 4_096;

    private final StateRepository repository;
    private final StateReplica replica;
    private final Asking asking;
    private final Peers peers;

    /** Makes one that gets what is lacking for this state. */
    public CatchUp(Replicator.State state, Asking asking, Peers peers) {
        this.repository = state.repository();
        this.replica = state.replica();
        this.asking = asking;
        this.peers = peers;
    }

    /** Takes in a pack that came along, if one did. What is no pack is fetched later, from whoever has it. */
    void take(byte[] pack) {
        if (pack.length == 0) {
            return;
        }
        try {
            replica.read(new ByteArrayInputStream(pack));
        } catch (StateException e) {
            LOG.info("Did not take in what another node sent along: reason={}, message={}", e.reason(), e.getMessage());
        }
    }

    /**
     * Makes a commit part of the head; fetches what is lacking from the node that has said so, or from any other.
     *
     * @return the head after it
     * @throws StateException if nobody has all of it, or it cannot be written
     */
    CommitId include(UUID from, CommitId commit) throws StateException {
        return takeIn(from, commit, replica::include);
    }

    /** Makes a commit the head if it is ahead of that; otherwise as {@link #include}. */
    CommitId follow(UUID from, CommitId commit) throws StateException {
        return takeIn(from, commit, replica::follow);
    }

    /** What becomes of a commit that is here. */
    private interface Step {
        CommitId take(CommitId commit) throws StateException;
    }

    private CommitId takeIn(UUID from, CommitId commit, Step step) throws StateException {
        Optional<CommitId> head = tryTo(step, commit);
        if (head.isPresent()) {
            return head.get();
        }
        StateException lacking = new StateException(Reason.NOT_FOUND, "No node in reach has commit " + commit, null);
        for (UUID peer : peers.othersBy(from, commit)) {
            try {
                complete(peer, commit);
                return step.take(commit);
            } catch (IOException e) {
                LOG.info("Could not fetch from a node, asked the next: commit={}, cause={}", commit, e.getMessage());
            } catch (StateException e) {
                if (e.reason() != Reason.NOT_FOUND && e.reason() != Reason.INVALID) {
                    throw e;
                }
                lacking.addSuppressed(e);
            }
        }
        throw lacking;
    }

    private Optional<CommitId> tryTo(Step step, CommitId commit) throws StateException {
        if (!replica.has(commit)) {
            return Optional.empty();
        }
        try {
            return Optional.of(step.take(commit));
        } catch (StateException e) {
            if (e.reason() == Reason.NOT_FOUND) {
                return Optional.empty(); // a transfer was cut short, or there are large contents
            }
            throw e;
        }
    }

    /** Takes in a commit, and all it consists of, from another node; goes on with what has been received of it. */
    void complete(UUID from, CommitId commit) throws IOException, StateException {
        for (BlobId content : missing(from, commit)) {
            receive(from, content);
        }
    }

    private Set<BlobId> missing(UUID from, CommitId commit) throws IOException, StateException {
        if (replica.has(commit)) {
            try {
                return replica.missing(commit);
            } catch (StateException e) {
                if (e.reason() != Reason.NOT_FOUND) {
                    throw e;
                }
            }
        }
        fetch(from, commit);
        return replica.missing(commit);
    }

    /** Receives a large content; the next part is on its way while one is written. */
    private void receive(UUID from, BlobId content) throws IOException, StateException {
        long sinceNanos = System.nanoTime();
        long have = replica.received(content);
        Frame<Answer> part = asking.ask(from, part(content, have), PART_TIMEOUT);
        long size = part.header().length();
        while (have < size) {
            long next = have + part.payload().remaining();
            if (next == have) {
                throw new IOException("Content " + content + " ended after " + have + " of " + size + " bytes");
            }
            CompletableFuture<ByteBuffer> coming =
                    next < size ? asking.send(from, part(content, next), PART_TIMEOUT) : null;
            have = replica.receive(content, size, have, part.copyOfPayload());
            if (coming != null) {
                part = asking.await(coming);
            }
        }
        LOG.info(
                "Received a large content: content={}, bytes={}, millis={}",
                content,
                size,
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - sinceNanos));
    }

    private static Frame<Request.Part> part(BlobId content, long offset) {
        return Frame.of(new Request.Part(content.value(), offset));
    }

    /** Takes in a commit, and all of its history but for large contents, from another node. */
    private void fetch(UUID from, CommitId commit) throws IOException, StateException {
        Request.Pack request = new Request.Pack(commit.value(), known());
        Frame<Answer> first = asking.ask(from, Frame.of(request), PACK_TIMEOUT);
        try (PackStream pack = new PackStream(asking, from, first)) {
            replica.read(pack);
        }
        LOG.debug(
                "Fetched from a node: commit={}, bytes={}",
                commit,
                first.header().length());
    }

    /** Returns the head and commits before it, ever further apart: the other one has one of the last that both have. */
    private List<String> known() throws StateException {
        List<Revision> history = repository.log(Optional.empty(), KNOWN_DEPTH);
        List<String> known = new ArrayList<>();
        for (int i = 0; i < history.size(); i = i < 16 ? i + 1 : i * 2) {
            known.add(history.get(i).commit().value());
        }
        return known;
    }
}
