package io.serai.cluster.internal.discovery;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * Where to look for other nodes, beside where the state says that members are.
 *
 * @param hosts where they may be, as configured; not resolved yet
 * @param dnsName a name in DNS whose addresses are nodes
 * @param multicast the group and port that nodes of one network tell each other on where they are; empty if they do not
 */
public record DiscoverySettings(
        List<InetSocketAddress> hosts, Optional<String> dnsName, Optional<InetSocketAddress> multicast) {
    /** Copies. */
    public DiscoverySettings {
        hosts = List.copyOf(hosts);
    }
}
