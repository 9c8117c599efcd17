package io.serai.cluster.internal.coordination.maps;

import java.util.Comparator;
import java.util.UUID;

/**
 * When a key was changed, and where; of two the greater one counts.
 *
 * @param time in milliseconds of the clock of that node, or one more than the latest one that it had seen in the map
 * @param node the id of the node
 */
public record Version(long time, UUID node) implements Comparable<Version> {
    private static final Comparator<Version> ORDER =
            Comparator.comparingLong(Version::time).thenComparing(Version::node);
    private static final long MIX = 0x9E3779B97F4A7C15L; // of SplitMix64: spreads what differs in few bits

    @Override
    public int compareTo(Version other) {
        return ORDER.compare(this, other);
    }

    /** Returns a number that differs for what differs, but for bad luck. */
    long fingerprint(String key, boolean removed) {
        long hash = key.hashCode();
        hash = (hash ^ time) * MIX;
        hash = (hash ^ hash >>> 31 ^ node.getMostSignificantBits()) * MIX;
        hash = (hash ^ hash >>> 29 ^ node.getLeastSignificantBits() ^ (removed ? 1 : 0)) * MIX;
        return hash ^ hash >>> 32;
    }
}
