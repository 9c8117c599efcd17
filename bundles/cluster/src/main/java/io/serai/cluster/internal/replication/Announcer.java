package io.serai.cluster.internal.replication;

import io.serai.api.state.CommitId;
import io.serai.api.state.StateException;
import io.serai.api.state.StateReplica;
import io.serai.api.state.StateRepository;
import io.serai.cluster.internal.message.Announcement;
import io.serai.cluster.internal.message.Frame;
import io.serai.cluster.internal.transport.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the others the head of this node. Used by one thread. */
final class Announcer {
    private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);

    private final StateRepository repository;
    private final StateReplica replica;
    private final Transport transport;
    private final Peers peers;
    private final UUID node;
    private CommitId announced;

    Announcer(StateRepository repository, StateReplica replica, Transport transport, Peers peers, UUID node) {
        this.repository = repository;
        this.replica = replica;
        this.transport = transport;
        this.peers = peers;
        this.node = node;
        this.announced = repository.head().commit();
    }

    /** Tells the head, and sends along what is new since the last time, unless others have it or it is large. */
    void headMoved() {
        CommitId head = repository.head().commit();
        if (head.equals(announced)) {
            return;
        }
        CommitId before = announced;
        announced = head;
        if (peers.any()) {
            send(head, peers.anyAt(head) ? Optional.empty() : pack(before, head));
        }
    }

    /** Tells the head again: to somebody new, or because an announcement may have been lost. */
    void repeat() {
        announced = repository.head().commit();
        if (peers.any()) {
            send(announced, Optional.empty());
        }
    }

    private Optional<byte[]> pack(CommitId before, CommitId head) {
        try {
            return BoundedPack.of(replica, head, Set.of(before));
        } catch (StateException | IOException e) {
            LOG.warn("Could not gather what is new, others will ask for it: head={}", head, e);
            return Optional.empty();
        }
    }

    private void send(CommitId head, Optional<byte[]> pack) {
        try {
            ByteBuffer payload = ByteBuffer.wrap(pack.orElse(new byte[0]));
            transport.announce(new Frame<>(new Announcement(node, head.value()), payload).encode());
        } catch (IOException e) {
            LOG.warn("Could not tell the others the head: head={}", head, e);
        }
    }
}
