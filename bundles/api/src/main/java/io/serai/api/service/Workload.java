package io.serai.api.service;

/** What a service spends its time on; each kind runs in a bulkhead of its own, so that one cannot starve the other. */
public enum Workload {
    /** Waits for others most of the time (a database, a partner): many calls run at once, and may block. */
    NETWORK,
    /** Computes most of the time: as many calls run at once as there are processors, the rest wait their turn. */
    CPU
}
