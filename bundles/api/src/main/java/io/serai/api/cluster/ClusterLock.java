package io.serai.api.cluster;

import java.util.concurrent.CompletableFuture;
import org.osgi.annotation.versioning.ProviderType;

/** A lock that was got. Thread-safe; belongs to nobody's thread, and never blocks. */
@ProviderType
public interface ClusterLock extends AutoCloseable {

    /** Returns the name of the lock. */
    String name();

    /**
     * Returns a number that grows from holder to holder; with {@link Agreement#MAJORITY} across the whole cluster, so that
     * it is a fencing token. Greater than 0.
     */
    long token();

    /**
     * Returns whether this node still has the lock, as far as it can know now. Once it says no it never says yes again. With
     * {@link Agreement#MAJORITY} no two nodes of the cluster are told yes at one moment.
     */
    boolean isHeld();

    /**
     * Returns what completes when the lock is lost without having been closed: the cluster was parted or came together, this
     * node left it, or stood still for too long. Completes on a thread of the cluster's: do not block it for long.
     */
    CompletableFuture<Void> lost();

    /** Gives the lock back; returns before the others know. May be repeated, and does nothing to a lock that was lost. */
    @Override
    void close();
}
