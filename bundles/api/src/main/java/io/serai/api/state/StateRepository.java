package io.serai.api.state;

import io.serai.api.state.StateException.Reason;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The desired state of the cluster as this node has it: a tree of files with its history. Thread-safe; each method may
 * read or write the disk. Every change is one commit, durable before {@link #commit} returns.
 */
@ProviderType
public interface StateRepository {

    /** Returns the state as it is now. */
    Snapshot head();

    /**
     * Returns the state as of a commit.
     *
     * @throws StateException {@code NOT_FOUND} if there is no such commit
     */
    Snapshot at(CommitId commit) throws StateException;

    /**
     * Returns the commit of a revision as people write it: a full or abbreviated id, {@code HEAD}, {@code HEAD~3}.
     *
     * @throws StateException {@code NOT_FOUND} if there is none, or more than one
     */
    CommitId resolve(String revision) throws StateException;

    /**
     * Makes a change: all of it or nothing. Validators see every file it puts. A change that would alter nothing makes
     * no commit. Listeners are told after it is durable, on a thread of the repository.
     *
     * @return the head after the change
     * @throws StateException {@code INVALID} with every file that a validator refused, {@code CONFLICT} if one of its
     *     files has changed since its base, {@code IO} if it cannot be written
     */
    CommitId commit(Change change) throws StateException;

    /**
     * Looks whether a change would be accepted as things are; changes nothing.
     *
     * @throws StateException {@code INVALID} as {@link #commit}
     */
    void check(Change change) throws StateException;

    /**
     * Makes files be again what they were at a commit, as a new commit on top.
     *
     * @param paths the files, in the tree; empty for all
     * @param pace how nodes are to apply it
     * @return the head after the change; the old head if nothing was different
     * @throws StateException as {@link #commit}; {@code NOT_FOUND} if neither that commit nor the head has a file
     */
    CommitId restore(CommitId commit, Set<StatePath> paths, Author author, Pace pace) throws StateException;

    /** Does the same, to be applied by all nodes at once. */
    default CommitId restore(CommitId commit, Set<StatePath> paths, Author author) throws StateException {
        return restore(commit, paths, author, Pace.AT_ONCE);
    }

    /**
     * Undoes what one commit did, as a new commit on top.
     *
     * @param pace how nodes are to apply it
     * @return the head after the change
     * @throws StateException {@code CONFLICT} if a later commit has changed one of its files again, and as
     *     {@link #commit}
     */
    CommitId revert(CommitId commit, Author author, Pace pace) throws StateException;

    /** Does the same, to be applied by all nodes at once. */
    default CommitId revert(CommitId commit, Author author) throws StateException {
        return revert(commit, author, Pace.AT_ONCE);
    }

    /**
     * Returns the history from the head backwards.
     *
     * @param path only commits that changed this file or something below this folder; empty for all
     * @param limit the largest number of entries, from 1
     */
    List<Revision> log(Optional<StatePath> path, int limit) throws StateException;

    /**
     * Returns the commits that the history of one commit has and that of another has not, a commit before its parents;
     * none if all of it is part of the other's. Goes back no further than it must.
     *
     * @param before whose history is left out
     * @param after whose history is returned
     * @throws StateException {@code NOT_FOUND} if there is no such commit
     */
    List<Revision> log(CommitId before, CommitId after) throws StateException;

    /**
     * Returns what is recorded of one commit: who made it, when and why. Looks through the history from the head, unless the
     * implementation knows better.
     *
     * @throws StateException {@code NOT_FOUND} if there is no such commit
     */
    default Revision revision(CommitId commit) throws StateException {
        return log(Optional.empty(), Integer.MAX_VALUE).stream()
                .filter(revision -> revision.commit().equals(commit))
                .findFirst()
                .orElseThrow(() -> new StateException(Reason.NOT_FOUND, "There is no commit " + commit, null));
    }

    /** Returns the files that differ between two commits, by path. */
    List<PathDifference> diff(CommitId before, CommitId after) throws StateException;

    /**
     * Returns the difference between two commits as a unified diff; binary files are only named.
     *
     * @param path only this file or what is below this folder; empty for all
     */
    String patch(CommitId before, CommitId after, Optional<StatePath> path) throws StateException;
}
