package io.serai.api.cluster;

import io.serai.api.state.CommitId;
import java.util.Objects;
import java.util.Optional;

/**
 * A member as this node sees it now.
 *
 * @param member who it is
 * @param status whether it is there
 * @param head the last head heard of it; empty if it has not been heard since this node started
 * @param leads whether changes go through it
 * @param self whether it is this node
 */
public record ClusterNode(Member member, Status status, Optional<CommitId> head, boolean leads, boolean self) {
    /** Checks that all is there. */
    public ClusterNode {
        Objects.requireNonNull(member, "member");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(head, "head");
    }

    /** Whether a node is there, as seen from this one. */
    public enum Status {
        /** It is in reach and has the state that this node has. */
        JOINED,
        /** It is in reach, and one of both catches up with the other. */
        SYNCING,
        /** It is not in reach: it is stopped, or the network is down. */
        UNREACHABLE
    }
}
