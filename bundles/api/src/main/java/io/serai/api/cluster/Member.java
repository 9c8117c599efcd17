package io.serai.api.cluster;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * A node that belongs to the cluster, whether it runs or not: what {@code objects/node/<name>.yaml} says.
 *
 * @param id made once for a node, and kept whatever becomes of its name and address
 * @param name unique in the cluster; selects the layer {@code nodes/<name>/}
 * @param host a name or an address that other nodes reach it by
 * @param clusterPort the port that nodes talk to one another on
 * @param adminPort the port of administration, HTTPS
 * @param certificates the SHA-256 fingerprints, in lower-case hexadecimal digits, of the certificates it may show: one,
 *     or two while the second replaces the first
 * @param groups the groups it was started with last, which select the layers {@code groups/<group>/}; a later one overlays
 *     an earlier one
 */
public record Member(
        UUID id,
        String name,
        String host,
        int clusterPort,
        int adminPort,
        Set<String> certificates,
        List<String> groups) {
    /** Copies the collections. */
    public Member {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(host, "host");
        certificates = Set.copyOf(certificates);
        groups = List.copyOf(groups);
    }
}
