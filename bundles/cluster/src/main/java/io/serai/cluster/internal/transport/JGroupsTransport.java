package io.serai.cluster.internal.transport;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.jgroups.Address;
import org.jgroups.BytesMessage;
import org.jgroups.JChannel;
import org.jgroups.Message;
import org.jgroups.PhysicalAddress;
import org.jgroups.View;
import org.jgroups.blocks.MessageDispatcher;
import org.jgroups.blocks.RequestHandler;
import org.jgroups.blocks.RequestOptions;
import org.jgroups.blocks.Response;
import org.jgroups.blocks.ResponseMode;
import org.jgroups.stack.IpAddress;
import org.jspecify.annotations.Nullable;

/** Membership and messages by JGroups. */
public final class JGroupsTransport implements Transport, AutoCloseable {
    private static final String CLUSTER = "serai";

    private final UUID self = UUID.randomUUID();
    private final PhysicalAddress address;
    private final Set<PhysicalAddress> hosts = ConcurrentHashMap.newKeySet();
    private final ProvedSockets sockets = new ProvedSockets();
    private final SilenceDetection silence = ProtocolStack.silenceDetection();
    private final JChannel channel;
    private final MessageDispatcher dispatcher;
    private final Executor workers;
    private volatile List<UUID> view = List.of(self);

    /**
     * How a process is found.
     *
     * @param address where it listens
     * @param name what the log calls it
     */
    public record Listener(InetSocketAddress address, String name) {}

    /**
     * Makes a transport that is not connected yet.
     *
     * @param others where other nodes may be
     * @param workers run what answers questions of others
     * @throws Exception if the protocols cannot be set up
     */
    public JGroupsTransport(Listener listener, SSLContext tls, Collection<InetSocketAddress> others, Executor workers)
            throws Exception {
        address = physical(listener.address());
        reach(others);
        channel = new JChannel(ProtocolStack.of(listener, new TlsSockets(tls, sockets), hosts, silence));
        channel.setName(listener.name());
        channel.addAddressGenerator(() -> address(self));
        dispatcher = new MessageDispatcher(channel);
        dispatcher.setAsynDispatching(true);
        this.workers = workers;
    }

    /**
     * Joins the others, or is the first; blocks for as long as that takes.
     *
     * @param receiver told what comes from the others
     * @throws Exception if the port is taken
     */
    public void connect(Receiver receiver) throws Exception {
        dispatcher.setRequestHandler(new Requests(receiver, workers));
        dispatcher.setReceiver(new Views(receiver));
        channel.connect(CLUSTER);
    }

    /** Looks for nodes there, and nowhere else, from now on; what is not resolved is left out. */
    public void reach(Collection<InetSocketAddress> others) {
        Set<PhysicalAddress> places = others.stream()
                .filter(other -> !other.isUnresolved())
                .map(JGroupsTransport::physical)
                .collect(Collectors.toSet());
        places.add(address);
        hosts.addAll(places);
        hosts.retainAll(places);
    }

    /**
     * Cuts connections to nodes that no longer belong to the cluster.
     *
     * @param belongs whether the node of a certificate, {@code CN=<id>}, does
     */
    public void closeUnless(Predicate<String> belongs) {
        sockets.closeUnless(belongs);
    }

    @Override
    public UUID self() {
        return self;
    }

    @Override
    public List<UUID> view() {
        return view;
    }

    /** Returns whether nothing has come from a process in reach for seconds. */
    public boolean isSilent(UUID process) {
        return silence.detected().contains(address(process));
    }

    @Override
    public void announce(byte[] message) {
        try {
            RequestOptions options = RequestOptions.ASYNC();
            options.setTransientFlags(Message.TransientFlag.DONT_LOOPBACK);
            CompletableFuture<?> unused =
                    dispatcher.castMessageWithFuture(null, new BytesMessage(null, message), options);
        } catch (Exception e) { // JGroups declares no narrower one; what is not connected reaches nobody
            throw new IllegalStateException("The others cannot be told: " + e.getMessage(), e);
        }
    }

    @Override
    public CompletableFuture<ByteBuffer> ask(UUID to, byte[] request, Duration timeout) {
        RequestOptions options = new RequestOptions(ResponseMode.GET_FIRST, timeout.toMillis());
        options.setFlags(Message.Flag.OOB);
        try {
            CompletableFuture<byte[]> answer =
                    dispatcher.sendMessageWithFuture(new BytesMessage(address(to), request), options);
            return answer.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS).thenApply(ByteBuffer::wrap);
        } catch (Exception e) { // as above
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public void close() {
        channel.close();
    }

    private static org.jgroups.util.UUID address(UUID process) {
        return new org.jgroups.util.UUID(process.getMostSignificantBits(), process.getLeastSignificantBits());
    }

    private static UUID process(Address address) {
        org.jgroups.util.UUID uuid = (org.jgroups.util.UUID) address;
        return new UUID(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
    }

    private static PhysicalAddress physical(InetSocketAddress address) {
        return new IpAddress(address.getAddress(), address.getPort());
    }

    private static ByteBuffer payload(Message message) {
        return ByteBuffer.wrap(message.getArray(), message.getOffset(), message.getLength());
    }

    /** Who is there. */
    private final class Views implements org.jgroups.Receiver {
        private final Receiver receiver;

        Views(Receiver receiver) {
            this.receiver = receiver;
        }

        @Override
        public void viewAccepted(View accepted) {
            view = Arrays.stream(accepted.getMembersRaw())
                    .map(JGroupsTransport::process)
                    .toList();
            receiver.viewChanged(view);
        }
    }

    /** What others say to all, which wants no answer, and what they ask. */
    private static final class Requests implements RequestHandler {
        private final Receiver receiver;
        private final Executor workers;

        Requests(Receiver receiver, Executor workers) {
            this.receiver = receiver;
            this.workers = workers;
        }

        @Override
        public Object handle(Message message) {
            return receiver.asked(process(message.getSrc()), payload(message));
        }

        @Override
        public void handle(Message message, @Nullable Response response) {
            if (response == null) {
                receiver.announced(process(message.getSrc()), payload(message));
            } else {
                workers.execute(() -> response.send(handle(message), false));
            }
        }
    }
}
