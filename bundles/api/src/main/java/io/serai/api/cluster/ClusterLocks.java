package io.serai.api.cluster;

import java.time.Duration;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Locks that one caller in the cluster has at a time. They are not reentrant and not fair. A lock is free again when it is
 * closed, when its node stops, dies or leaves, or is cut off; {@link Agreement} says what holds then. Thread-safe.
 *
 * <pre>{@code
 * Optional<ClusterLock> lock = locks.tryLock("invoices", Agreement.MAJORITY, Duration.ofSeconds(5));
 * if (lock.isPresent()) {
 *     try (ClusterLock held = lock.get()) {
 *         store.write(invoices, held.token()); // refuses a smaller token than it has seen
 *     }
 * }
 * }</pre>
 */
@ProviderType
public interface ClusterLocks {
    /** How long a name may be. */
    int MAX_NAME_CHARACTERS = 200;

    /** How many locks there may be at a time, those included that a node waits for. */
    int MAX_LOCKS = 10_000;

    /**
     * Gets a lock, or gives up; blocks for that long. A node that is not connected to the cluster yet gets none; one that is
     * connected and alone does, as the agreement says.
     *
     * @param name from 1 to {@value #MAX_NAME_CHARACTERS} characters
     * @param agreement what is promised; all who use a name must want the same, for each has locks of its own
     * @param wait how long to wait while another one has it; zero to ask once, which takes at most 3 s
     * @return the lock; empty if it was not to be had in time
     * @throws IllegalArgumentException if the name is empty or longer, or the time is negative
     * @throws IllegalStateException if there are {@value #MAX_LOCKS} locks on this node, or it is stopping
     * @throws InterruptedException if the thread is interrupted; the lock is not held then
     */
    Optional<ClusterLock> tryLock(String name, Agreement agreement, Duration wait) throws InterruptedException;
}
