package io.serai.cluster.internal;

import io.serai.api.state.CommitId;
import io.serai.api.state.StateException;
import io.serai.cluster.internal.coordination.Connection;
import io.serai.cluster.internal.message.Answer;
import io.serai.cluster.internal.message.Frame;
import io.serai.cluster.internal.message.Request;
import io.serai.cluster.internal.replication.Asking;
import io.serai.cluster.internal.replication.CatchUp;
import io.serai.cluster.internal.replication.Peers;
import io.serai.cluster.internal.replication.Proposals;
import io.serai.cluster.internal.replication.Replicator;
import io.serai.cluster.internal.replication.Supply;
import io.serai.cluster.internal.transport.JGroupsTransport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** What talks to the others while this node is connected. */
final class Session implements AutoCloseable {
    private final JGroupsTransport transport;
    private final UUID node;
    private final Peers peers;
    private final Asking asking;
    private final Replicator replicator;
    private final Proposals proposals;
    private final Supply supply;
    private final Connection coordination;
    private final Conversation conversation;

    /**
     * What outlives a session.
     *
     * @param state what is replicated
     * @param questions what this node answers
     * @param replication runs what replicates, one task at a time
     * @param workers run what answers the others
     * @param coordination what nodes agree on beside the state
     */
    record Context(
            Replicator.State state,
            Questions questions,
            Executor replication,
            Executor workers,
            Coordination coordination) {}

    /**
     * Makes a session over a transport that is not connected yet.
     *
     * @param node the id of this node
     * @param twin told of another process that says it is this node
     */
    Session(JGroupsTransport transport, UUID node, Context context, Consumer<UUID> twin) {
        this.transport = transport;
        this.node = node;
        this.peers = new Peers(transport.self());
        this.asking = new Asking(transport);
        Replicator.State state = context.state();
        CatchUp catchUp = new CatchUp(state, asking, peers);
        this.replicator =
                new Replicator(new Replicator.Self(node, twin), state, transport, peers, context.replication());
        this.supply = new Supply(state.replica(), System::nanoTime);
        this.proposals = new Proposals(state, new Proposals.Exchange(asking, catchUp, supply), peers);
        this.coordination = context.coordination().connection(transport);
        this.conversation = new Conversation(replicator, proposals, supply, context.questions(), coordination);
    }

    /**
     * Joins the others, or is the first.
     *
     * @throws Exception if the port is taken
     */
    void connect() throws Exception {
        transport.connect(conversation);
    }

    CompletableFuture<Void> caughtUp() {
        return replicator.caughtUp();
    }

    Proposals proposals() {
        return proposals;
    }

    void headMoved() {
        replicator.headMoved();
    }

    void compare() {
        replicator.compare();
    }

    void reach(Collection<InetSocketAddress> others) {
        transport.reach(others);
    }

    /** Cuts connections to nodes that are not among these. */
    void keepOnly(Collection<UUID> members) {
        transport.closeUnless(subject -> members.stream().anyMatch(id -> subject.equals("CN=" + id)));
    }

    /** Returns whether another process was there before this one. */
    boolean isAfter(UUID process) {
        List<UUID> view = peers.view();
        return view.contains(process) && view.indexOf(process) < view.indexOf(transport.self());
    }

    boolean leads(UUID member) {
        UUID first = peers.view().get(0);
        return first.equals(transport.self())
                ? member.equals(node)
                : peers.processOf(member).filter(first::equals).isPresent();
    }

    boolean isSilent(UUID member) {
        return peers.processOf(member).filter(transport::isSilent).isPresent();
    }

    Optional<CommitId> headOf(UUID member) {
        return peers.headOf(member);
    }

    @Override
    public void close() {
        coordination.close();
        transport.close();
        supply.close();
    }

    /** Asks the process of a member what its bundles answer; empty if it is not in reach. */
    Optional<CompletableFuture<byte[]>> ask(UUID member, String question, byte[] argument, Duration timeout) {
        Frame<Request> request = new Frame<>(new Request.Question(question), ByteBuffer.wrap(argument));
        return peers.processOf(member)
                .map(process -> asking.send(process, request, timeout).thenApply(Session::payload));
    }

    private static byte[] payload(ByteBuffer bytes) {
        try {
            Frame<Answer> answer = Frame.decode(Answer.class, bytes);
            answer.header().check();
            return answer.copyOfPayload();
        } catch (IOException | StateException e) {
            throw new CompletionException(e);
        }
    }
}
