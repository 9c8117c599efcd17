package io.serai.cluster.internal.discovery;

import io.serai.cluster.internal.transport.NamedThreads;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the network segment by multicast on which port this node listens, and hears of others. Nothing but the port is
 * taken from a datagram, which anybody can send: the address is the sender's, the number of addresses is bounded, and they
 * are forgotten when they fall silent. MPING of JGroups would take whole messages of its protocols from anybody.
 */
final class MulticastBeacon implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MulticastBeacon.class);
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final Duration MEMORY = INTERVAL.multipliedBy(4);
    private static final int MAX_HEARD = 64;
    private static final int MAX_BYTES = 64;
    private static final Pattern MESSAGE = Pattern.compile("serai-node ([1-9][0-9]{0,4})");
    private static final int MAX_PORT = 65_535;

    private final InetSocketAddress group;
    private final InetSocketAddress self;
    private final Runnable found;
    private final Map<InetSocketAddress, Long> heard = new ConcurrentHashMap<>(); // when, in nanoseconds
    private final ScheduledExecutorService sender =
            Executors.newSingleThreadScheduledExecutor(new NamedThreads("beacon"));
    private final ExecutorService receiver = Executors.newSingleThreadExecutor(new NamedThreads("listener"));
    private volatile @Nullable MulticastSocket socket;
    private boolean failed; // of the sender's thread

    /**
     * Makes one that neither tells nor listens yet.
     *
     * @param group the group, and the port of its datagrams
     * @param self where this node listens for other nodes; not resolved
     * @param found is run when a node was heard that was not known; returns at once
     */
    MulticastBeacon(InetSocketAddress group, InetSocketAddress self, Runnable found) {
        this.group = group;
        this.self = self;
        this.found = found;
    }

    /** Begins to tell and to listen. */
    void open() {
        Future<?> unused = sender.scheduleWithFixedDelay(this::tell, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Returns where nodes were heard of lately. */
    Set<InetSocketAddress> heard() {
        long now = System.nanoTime();
        heard.values().removeIf(when -> now - when > MEMORY.toNanos());
        return Set.copyOf(heard.keySet());
    }

    private void tell() {
        try {
            MulticastSocket open = socket;
            if (open == null) {
                open = join();
            }
            byte[] message = ("serai-node " + self.getPort()).getBytes(StandardCharsets.US_ASCII);
            open.send(new DatagramPacket(message, message.length, group));
            failed = false;
        } catch (IOException e) { // the network is down, or not yet up
            if (!failed) {
                LOG.warn("Could not tell the network where this node is, tried again: group={}, cause={}", group, e);
            }
            failed = true;
        }
    }

    private MulticastSocket join() throws IOException {
        MulticastSocket opening = new MulticastSocket(group.getPort());
        try {
            InetAddress address = InetAddress.getByName(self.getHostString());
            NetworkInterface device = address.isAnyLocalAddress() ? null : NetworkInterface.getByInetAddress(address);
            if (device != null) {
                opening.setNetworkInterface(device);
            }
            opening.joinGroup(group, device);
        } catch (IOException e) {
            opening.close();
            throw e;
        }
        socket = opening;
        receiver.execute(() -> listen(opening));
        return opening;
    }

    private void listen(MulticastSocket open) {
        DatagramPacket packet = new DatagramPacket(new byte[MAX_BYTES], MAX_BYTES);
        try {
            while (!open.isClosed()) {
                packet.setLength(MAX_BYTES);
                open.receive(packet);
                take(packet);
            }
        } catch (IOException e) {
            if (!open.isClosed()) {
                LOG.warn("Could not listen for nodes of the network any more, tried again: group={}", group, e);
                open.close();
                socket = null;
            }
        }
    }

    private void take(DatagramPacket packet) throws SocketException {
        String text = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.US_ASCII);
        Matcher message = MESSAGE.matcher(text);
        if (!message.matches()) {
            return;
        }
        int port = Integer.parseInt(message.group(1));
        boolean own = port == self.getPort() && NetworkInterface.getByInetAddress(packet.getAddress()) != null;
        if (port > MAX_PORT || own) {
            return;
        }
        InetSocketAddress from = new InetSocketAddress(packet.getAddress(), port);
        boolean known = heard().contains(from);
        if (!known && heard.size() >= MAX_HEARD) {
            return; // whoever makes addresses up is not answered for each
        }
        heard.put(from, System.nanoTime());
        if (!known) {
            found.run();
            answer();
        }
    }

    /** Tells whoever is new at once. */
    private void answer() {
        try {
            sender.execute(this::tell);
        } catch (RejectedExecutionException e) {
            LOG.debug("Did not tell where this node is, it is stopping");
        }
    }

    @Override
    public void close() {
        sender.shutdownNow();
        receiver.shutdown();
        MulticastSocket open = socket;
        if (open != null) {
            open.close();
        }
    }
}
