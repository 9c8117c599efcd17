package io.serai.identity.internal;

import io.serai.identity.internal.members.MemberRules;
import io.serai.identity.internal.pki.NodeSubject;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * The checked configuration.
 *
 * @param directory where keys and certificates are
 * @param address what this node is called, and where others reach it
 * @param groups the groups that this node is in
 * @param validity how long certificates of this node are valid
 * @param joinTimeout how long to try to reach a cluster
 */
record IdentitySettings(
        Path directory, NodeAddress address, List<String> groups, Duration validity, Duration joinTimeout) {
    static final String PID = "io.serai.identity";

    private static final int MAX_VALIDITY_DAYS = 3_650;
    private static final long MAX_JOIN_MILLIS = Duration.ofHours(1).toMillis();
    private static final String PORT_RULE = "a port from 1 to 65535";

    IdentitySettings {
        groups = List.copyOf(groups);
    }

    /**
     * What this node is called, and where others reach it.
     *
     * @param name unique in the cluster
     * @param host a host name or an IP address
     * @param clusterPort where other nodes talk to it
     * @param adminPort where people do
     */
    record NodeAddress(String name, String host, int clusterPort, int adminPort) {
        NodeSubject subject(UUID id) {
            return new NodeSubject(id, name, host);
        }
    }

    static IdentitySettings of(IdentityConfig config) {
        String node = config.node().strip();
        require(MemberRules.isName(node), "node", node, MemberRules.NAME_RULE);
        String host = config.host().strip();
        require(MemberRules.isHost(host), "host", host, MemberRules.HOST_RULE);
        int days = config.certificate_validity_days();
        require(days >= 1 && days <= MAX_VALIDITY_DAYS, "certificate.validity.days", days, "1 to " + MAX_VALIDITY_DAYS);
        long millis = config.join_timeout_millis();
        require(millis >= 1 && millis <= MAX_JOIN_MILLIS, "join.timeout.millis", millis, "1 to " + MAX_JOIN_MILLIS);
        return new IdentitySettings(
                directory(config.directory().strip()),
                new NodeAddress(
                        node,
                        host,
                        port("cluster.port", config.cluster_port()),
                        port("admin.port", config.admin_port())),
                groups(config.groups()),
                Duration.ofDays(days),
                Duration.ofMillis(millis));
    }

    private static List<String> groups(String value) {
        List<String> groups = Arrays.stream(value.split(","))
                .map(String::strip)
                .filter(group -> !group.isEmpty())
                .toList();
        groups.forEach(group -> require(MemberRules.isName(group), "groups", group, MemberRules.NAME_RULE));
        return groups;
    }

    private static Path directory(String value) {
        try {
            Path path = Path.of(value);
            require(path.isAbsolute(), "directory", value, "an absolute path");
            return path.normalize();
        } catch (InvalidPathException e) {
            throw invalid("directory", value, "an absolute path");
        }
    }

    private static int port(String key, String value) {
        try {
            int port = Integer.parseInt(value.strip());
            require(MemberRules.isPort(port), key, value, PORT_RULE);
            return port;
        } catch (NumberFormatException e) {
            throw invalid(key, value, PORT_RULE);
        }
    }

    private static void require(boolean valid, String key, Object value, String allowed) {
        if (!valid) {
            throw invalid(key, value, allowed);
        }
    }

    private static IllegalArgumentException invalid(String key, Object value, String allowed) {
        return new IllegalArgumentException(
                "Configuration " + PID + " has " + key + " = '" + value + "'; allowed is " + allowed);
    }
}
