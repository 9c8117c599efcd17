package io.serai.cluster.internal.discovery;

import io.serai.api.cluster.Member;
import io.serai.api.cluster.Membership;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where other nodes may be. Whoever is there proves by certificate that it belongs to the cluster before anything is said,
 * so that a wrong place costs an attempt to connect. Thread-safe; asks DNS.
 */
public final class Discovery implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Discovery.class);

    private final Membership membership;
    private final UUID self;
    private final int port;
    private final DiscoverySettings settings;
    private final Optional<MulticastBeacon> beacon;

    /**
     * Makes one that does not listen yet.
     *
     * @param self the id of this node
     * @param listener where this node listens; not resolved
     * @param found is run when somebody new was heard of; returns at once
     */
    public Discovery(
            Membership membership, UUID self, DiscoverySettings settings, InetSocketAddress listener, Runnable found) {
        this.membership = membership;
        this.self = self;
        this.port = listener.getPort();
        this.settings = settings;
        this.beacon = settings.multicast().map(group -> new MulticastBeacon(group, listener, found));
    }

    /** Begins to tell where this node is, and to listen, if it is to. */
    public void open() {
        beacon.ifPresent(MulticastBeacon::open);
    }

    /** Returns where other nodes may be now; what DNS does not know is left out. */
    public Set<InetSocketAddress> others() {
        List<InetSocketAddress> others = new ArrayList<>();
        for (Member member : membership.members()) {
            if (!member.id().equals(self)) {
                others.add(new InetSocketAddress(member.host(), member.clusterPort()));
            }
        }
        for (InetSocketAddress host : settings.hosts()) {
            others.add(new InetSocketAddress(host.getHostString(), host.getPort()));
        }
        settings.dnsName().ifPresent(name -> others.addAll(lookUp(name)));
        beacon.ifPresent(open -> others.addAll(open.heard()));
        others.removeIf(InetSocketAddress::isUnresolved);
        return new LinkedHashSet<>(others);
    }

    private List<InetSocketAddress> lookUp(String name) {
        try {
            return Arrays.stream(InetAddress.getAllByName(name))
                    .map(address -> new InetSocketAddress(address, port))
                    .toList();
        } catch (UnknownHostException e) {
            LOG.debug("DNS does not know any node now: name={}", name);
            return List.of();
        }
    }

    @Override
    public void close() {
        beacon.ifPresent(MulticastBeacon::close);
    }
}
