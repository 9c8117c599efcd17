package io.serai.api.cluster;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Maps that all nodes have, for small state that may be lost: who is busy, when something was last seen, what a partner
 * said a minute ago. What must not be lost belongs into the state. Thread-safe; never blocks.
 *
 * <pre>{@code
 * ClusterMap seen = maps.map("orders.seen");
 * seen.put(orderId, node.getBytes(UTF_8), Duration.ofMinutes(10));
 * boolean known = seen.get(orderId).isPresent(); // also on the other nodes, some milliseconds later
 * }</pre>
 */
@ProviderType
public interface ClusterMaps {
    /** How many maps there may be. */
    int MAX_MAPS = 100;

    /** How long the name of a map may be. */
    int MAX_NAME_CHARACTERS = 200;

    /**
     * Returns a map, the same one on all nodes; it comes into being as it is asked for, and stays as long as a node runs.
     *
     * @param name from 1 to {@value #MAX_NAME_CHARACTERS} characters
     * @throws IllegalArgumentException if the name is empty or longer
     * @throws IllegalStateException if there are {@value #MAX_MAPS} maps
     */
    ClusterMap map(String name);
}
