package io.serai.cluster.internal;

import io.serai.cluster.internal.discovery.DiscoverySettings;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Validated configuration.
 *
 * @param host the address to listen on
 * @param port the port to listen on
 * @param discovery where to look for other nodes
 * @param directory where this node keeps what it has promised others
 * @param compareInterval how often heads are compared
 */
record ClusterSettings(String host, int port, DiscoverySettings discovery, Path directory, Duration compareInterval) {
    private static final int MAX_PORT = 65_535;
    private static final long MIN_COMPARE_MILLIS = 100;
    private static final long MAX_COMPARE_MILLIS = Duration.ofHours(1).toMillis();

    static ClusterSettings of(ClusterConfig config) {
        require(!config.host().isBlank(), "host", config.host(), "an address or a host name");
        require(config.port() > 0 && config.port() <= MAX_PORT, "port", config.port(), "from 1 to " + MAX_PORT);
        long compare = config.compare_interval_millis();
        require(
                compare >= MIN_COMPARE_MILLIS && compare <= MAX_COMPARE_MILLIS,
                "compare.interval.millis",
                compare,
                "from " + MIN_COMPARE_MILLIS + " to " + MAX_COMPARE_MILLIS);
        Path directory = Path.of(config.directory().strip());
        require(directory.isAbsolute(), "directory", directory, "an absolute path");
        List<InetSocketAddress> hosts = Arrays.stream(config.discovery_hosts())
                .flatMap(line -> Arrays.stream(line.split(",")))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(text -> address("discovery.hosts", text, "host:port, separated by commas"))
                .toList();
        Optional<InetSocketAddress> multicast =
                text(config.discovery_multicast_group()).map(ClusterSettings::multicastGroup);
        return new ClusterSettings(
                config.host().strip(),
                config.port(),
                new DiscoverySettings(hosts, text(config.discovery_dns_name()), multicast),
                directory,
                Duration.ofMillis(compare));
    }

    private static Optional<String> text(String value) {
        return Optional.of(value.strip()).filter(text -> !text.isEmpty());
    }

    private static InetSocketAddress multicastGroup(String text) {
        String range = "an address of a multicast group and a port, such as 239.255.77.1:8780";
        InetSocketAddress group = address("discovery.multicast.group", text, range);
        // letters would be a name, which DNS may give any address
        boolean literal = group.getHostString().matches("[0-9.]+|\\[[0-9a-fA-F:.]+]");
        require(literal, "discovery.multicast.group", text, range);
        InetSocketAddress resolved = new InetSocketAddress(group.getHostString(), group.getPort());
        boolean multicast = !resolved.isUnresolved() && resolved.getAddress().isMulticastAddress();
        require(multicast, "discovery.multicast.group", text, range);
        return resolved;
    }

    private static InetSocketAddress address(String key, String text, String range) {
        int colon = text.lastIndexOf(':');
        String port = text.substring(colon + 1);
        boolean good = colon > 0 && port.matches("[1-9][0-9]{0,4}") && Integer.parseInt(port) <= MAX_PORT;
        require(good, key, text, range);
        return InetSocketAddress.createUnresolved(text.substring(0, colon), Integer.parseInt(port));
    }

    private static void require(boolean good, String key, Object value, String range) {
        if (!good) {
            throw new IllegalArgumentException("PID " + ClusterConfig.PID + ": key " + key + " has the value '" + value
                    + "'; allowed is " + range);
        }
    }
}
