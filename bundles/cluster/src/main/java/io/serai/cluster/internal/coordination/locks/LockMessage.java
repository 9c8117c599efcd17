package io.serai.cluster.internal.coordination.locks;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What nodes tell one another about locks. */
public interface LockMessage {

    /** Asks the process that leads the view for a lock; the answer is {@link SeatAnswer}. */
    record SeatRequest(String key, long id) implements LockMessage {}

    /**
     * Says whether it was given.
     *
     * @param token a number greater than any given before in reach; 0 if it was not
     */
    record SeatAnswer(long token) implements LockMessage {}

    /** Gives a lock back; the answer is {@link LockDone}. */
    record SeatRelease(String key, long id) implements LockMessage {}

    /** A lock that a process has. */
    record Holding(String key, long id, long token) implements LockMessage {}

    /**
     * Tells the process that leads the view what the sender has; the answer is {@link SeatsKept}.
     *
     * @param held what it has
     * @param pending what it asked for, and may have been given
     * @param next the number it will ask with next: what it knows nothing of
     * @param clock the greatest token that it knows of
     */
    record SeatsHeld(List<Holding> held, List<Long> pending, long next, long clock) implements LockMessage {}

    /**
     * Says what the sender has lost.
     *
     * @param leads whether the one asked leads at all
     */
    record SeatsKept(boolean leads, List<Long> lost, long clock) implements LockMessage {}

    /** Tells a process that another one has its lock; the answer is {@link LockDone}. */
    record SeatLost(long id) implements LockMessage {}

    /** Tells that a lock is free; the answer is {@link LockDone}. */
    record SeatFree(String key) implements LockMessage {}

    /** Says that it was done. */
    record LockDone() implements LockMessage {}

    /**
     * Asks what has been promised; the answer is {@link Standing}.
     *
     * @param name of a lock; null for all of them
     */
    record Inquiry(@Nullable String name) implements LockMessage {}

    /**
     * What a node has promised.
     *
     * @param node its id
     * @param members a digest of who are the members
     * @param highest no greater token has been promised
     */
    record Standing(UUID node, String members, long highest) implements LockMessage {}

    /**
     * Asks a node to promise a lock to nobody else for the time of a lease; the answer is {@link Promised}.
     *
     * @param claim who asks
     * @param members a digest of who are the members
     * @param renewal whether the claim is the holder
     */
    record PromiseRequest(String name, UUID claim, long token, String members, boolean renewal)
            implements LockMessage {}

    /** Says whether a node, by its id, has promised. */
    record Promised(UUID node, boolean granted) implements LockMessage {}

    /** Gives a promise back; the answer is {@link LockDone}. */
    record Withdrawal(String name, UUID claim) implements LockMessage {}
}
