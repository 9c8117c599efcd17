package io.serai.api.state;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The other side of {@link StateRepository}: how the states of two nodes become one again. What one node lacks goes to it as
 * a Git pack, and is then included in its head. For what connects nodes; thread-safe, each method may read or write the
 * disk.
 */
@ProviderType
public interface StateReplica {

    /** Returns whether a commit has been taken in; whether all it consists of has, {@link #include} finds out. */
    boolean has(CommitId commit);

    /**
     * Writes what somebody lacks to have a commit: all of its history that is not part of the history of what is known.
     *
     * @param known commits the other one has; those that are not here do no harm
     * @throws StateException {@code NOT_FOUND} if the commit is not here, {@code IO} if it cannot be read
     * @throws IOException if the stream does not take it
     */
    void write(CommitId commit, Set<CommitId> known, OutputStream pack) throws StateException, IOException;

    /**
     * Takes in what another node wrote. It is durable on return, and changes nothing yet.
     *
     * @throws StateException {@code INVALID} if the stream is not a whole pack, {@code IO} if it cannot be written
     */
    void read(InputStream pack) throws StateException;

    /**
     * Makes the head contain a commit: nothing happens if it does already, the head moves to it if the head is part of its
     * history, and otherwise both are merged. A merge depends on the two commits only, so that all nodes which merge them
     * have the same head after it. Listeners are told as of any change.
     *
     * @return the head after it
     * @throws StateException {@code NOT_FOUND} if the commit, or something it consists of, has not been taken in;
     *     {@code IO} if it cannot be written
     */
    CommitId include(CommitId commit) throws StateException;

    /**
     * Appends what another node proposes: what a commit that has been taken in changed relative to its parent. If the parent
     * is the head, the head moves to that commit; otherwise it becomes a new commit of the same author and message, on top
     * of a head that contains the parent, and with the proposal as its second parent. Nothing happens if the head contains
     * it, so that a proposal may come more than once, late, or to several nodes, and is still one change.
     *
     * @return the head after it
     * @throws StateException {@code CONFLICT} if somebody has touched one of the files since, {@code INVALID} if a validator
     *     refuses one or the commit does not have one parent, and as {@link #include}
     */
    CommitId accept(CommitId proposal) throws StateException;

    /**
     * Moves the head to a commit on top of it that somebody pushed, with its history as it was pushed. The files that differ
     * between the head and that commit are checked as those of any other change.
     *
     * @return the head after it
     * @throws StateException {@code CONFLICT} if the head is not part of its history, {@code INVALID} with every file that a
     *     validator refuses or that cannot be part of the state, {@code NOT_FOUND} if the commit has not been taken in,
     *     {@code IO} if it cannot be written
     */
    default CommitId advance(CommitId tip) throws StateException {
        throw new StateException(StateException.Reason.IO, "This state takes no pushes", null);
    }

    /** Returns what merges put aside and nobody has looked at since, the newest merge first. */
    List<MergeConflict> conflicts() throws StateException;
}
