package io.serai.cluster.internal;

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
 * @param hosts where other nodes may be, as configured; not resolved yet
 * @param dnsName a name in DNS whose addresses are nodes
 * @param directory where this node keeps what it has promised others
 * @param compareInterval how often heads are compared
 */
record ClusterSettings(
        String host,
        int port,
        List<InetSocketAddress> hosts,
        Optional<String> dnsName,
        Path directory,
        Duration compareInterval) {
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
                .map(ClusterSettings::address)
                .toList();
        return new ClusterSettings(
                config.host().strip(),
                config.port(),
                hosts,
                Optional.of(config.discovery_dns_name().strip()).filter(name -> !name.isEmpty()),
                directory,
                Duration.ofMillis(compare));
    }

    private static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        String port = text.substring(colon + 1);
        boolean good = colon > 0 && port.matches("[1-9][0-9]{0,4}") && Integer.parseInt(port) <= MAX_PORT;
        require(good, "discovery.hosts", text, "host:port, separated by commas");
        return InetSocketAddress.createUnresolved(text.substring(0, colon), Integer.parseInt(port));
    }

    private static void require(boolean good, String key, Object value, String range) {
        if (!good) {
            throw new IllegalArgumentException("PID " + ClusterConfig.PID + ": key " + key + " has the value '" + value
                    + "'; allowed is " + range);
        }
    }
}
