package io.serai.api.cluster;

/**
 * Among whom nodes agree: what is promised when the cluster is parted. While all nodes see each other both promise the same.
 */
public enum Agreement {
    /**
     * Among the nodes that see each other. Each part of a parted cluster agrees for itself, also a node that is alone; when
     * the parts meet again, one of those who were chosen keeps what it has and the others are told that they lost it. For
     * what had better be done twice than not at all.
     *
     * <p>Tokens grow from one holder to the next within a part. Two parts may give the same one: they are no fencing tokens.
     */
    REACHABLE,
    /**
     * Among more than half of all members, whether they run or not: at most one is chosen in the whole cluster, and none
     * where at most half of the members are in reach. For what must not be done twice, rather not at all.
     *
     * <p>It is held by a lease of 8 s, renewed every 2 s: when the holder dies or is cut off, the next one is chosen after at
     * most 8 s and a bit. A node that has just started again counts for nobody during its first 8 s. Each holder gets a
     * greater token than every holder of that name before it, across partitions and restarts of any nodes: each node
     * writes to disk what it has promised. So what is protected can refuse whoever shows a smaller token than the greatest
     * it has seen, which also stops a holder that stood still, does not know yet that it lost, and goes on.
     *
     * <p>What it relies on: clocks of running nodes measure 8 s with an error below half a second (what the wall clock shows does
     * not matter; a virtual machine that is frozen does not measure, there only the token helps); members come and go one
     * at a time, more than 10 s apart, and only while more than half of them see each other; and a node does not go on with an old
     * copy of its disk.
     */
    MAJORITY
}
