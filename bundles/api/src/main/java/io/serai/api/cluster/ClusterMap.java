package io.serai.api.cluster;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A small map that all nodes have. Each node reads its own copy, and writes to it, at once; the others are told. Thread-safe;
 * never blocks.
 *
 * <p>What is promised:
 *
 * <ul>
 *   <li>A node reads what it wrote. Nodes that see each other have the same entries after some milliseconds without a
 *       change; a node that joins gets all of them. A node that does not answer gets them when it does, and slows nobody.
 *   <li>Of two changes of one key the later one counts, on all nodes alike: by the clock of the node that made it, or later
 *       than what that node had seen, whatever its clock says; if they are equal, by the id of the node. So while the
 *       cluster is parted each part goes on, and afterwards the later change of each key counts, removals included.
 *   <li>A removal is remembered for an hour, 10,000 of them a map. A part that was away for longer may bring back what was
 *       removed.
 *   <li>Nothing is on disk: what no running node has is gone.
 * </ul>
 *
 * <p>There is no {@code putIfAbsent}: two nodes could both be told that they came first. {@link ClusterLocks} is for that.
 */
@ProviderType
public interface ClusterMap {
    /** How long a key may be. */
    int MAX_KEY_CHARACTERS = 1_000;

    /** How large a value may be. */
    int MAX_VALUE_BYTES = 64 * 1024;

    /** How many entries may be put into a map. */
    int MAX_ENTRIES = 10_000;

    /** How large all values of a map together may be. */
    int MAX_BYTES = 16 * 1024 * 1024;

    /** Returns a copy of the value; empty if there is none, or its time is up. */
    Optional<byte[]> get(String key);

    /** Returns a copy of all entries. */
    Map<String, byte[]> entries();

    /**
     * Puts a value, until it is replaced or removed.
     *
     * @param key from 1 to {@value #MAX_KEY_CHARACTERS} characters
     * @param value at most {@value #MAX_VALUE_BYTES} bytes; is copied
     * @throws IllegalArgumentException if the key or the value is too large
     * @throws IllegalStateException if the map is full: has {@value #MAX_ENTRIES} entries or {@value #MAX_BYTES} bytes
     */
    void put(String key, byte[] value);

    /**
     * Puts a value for a while. Each node measures the time from when it hears of the value, so clocks need not agree.
     *
     * @param timeToLive at least a millisecond
     * @throws IllegalArgumentException as the other one, or if the time is shorter
     * @throws IllegalStateException as the other one
     */
    void put(String key, byte[] value, Duration timeToLive);

    /** Removes a value; does nothing if there is none. */
    void remove(String key);

    /**
     * Tells of every change from now on, whichever node made it.
     *
     * @return closed to hear no more
     */
    Subscription subscribe(Listener listener);

    /** Told what changes in a map. */
    @ConsumerType
    @FunctionalInterface
    interface Listener {
        /**
         * Is told that a key has another value. Calls come one after the other on a thread of the cluster's, which others
         * wait for: do not block for long. Of changes in quick succession only the last may be told.
         *
         * @param value the value as it is now; empty if there is none any more
         */
        void changed(String key, Optional<byte[]> value);
    }

    /** Ends when it is closed. */
    @ProviderType
    interface Subscription extends AutoCloseable {
        /** Ends; may be repeated. */
        @Override
        void close();
    }
}
