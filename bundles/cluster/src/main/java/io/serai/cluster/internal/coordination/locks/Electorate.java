package io.serai.cluster.internal.coordination.locks;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** The members of the cluster, more than half of whom must agree. */
record Electorate(Set<UUID> members) {
    Electorate {
        members = Set.copyOf(members);
    }

    /** Returns a text that is the same for the same members. */
    String digest() {
        return new TreeSet<>(members).toString();
    }

    /** Returns whether these are more than half. */
    boolean isMajority(Collection<UUID> nodes) {
        return 2 * nodes.stream().filter(members::contains).distinct().count() > members.size();
    }
}
