package io.serai.api.state;

import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Brings changes to the node that leads, so that the history of nodes which see one another is a line; register it as an
 * OSGi service. Without one, or while it cannot help, a node appends its changes itself.
 */
@ConsumerType
public interface ChangeForwarder {

    /** Returns whether another node appends the changes of this one now; does not block. */
    boolean forwards();

    /**
     * Has the node that leads append a change.
     *
     * @param proposal a commit on top of the head of this node that is in its repository, but not in its head
     * @return the head of this node, which has the change now; empty if nobody has answered in time, and this node is to
     *     append it
     * @throws StateException {@code CONFLICT} or {@code INVALID} as the node that leads has said
     */
    Optional<CommitId> forward(CommitId proposal) throws StateException;
}
