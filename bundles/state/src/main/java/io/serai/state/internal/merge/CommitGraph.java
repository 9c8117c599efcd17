package io.serai.state.internal.merge;

import io.serai.api.state.BlobId;
import io.serai.api.state.CommitId;
import io.serai.api.state.StateException;
import io.serai.api.state.StatePath;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Commits, and how they follow from each other. */
public interface CommitGraph {
    /** Returns what a commit came after, in its order. */
    List<CommitId> parents(CommitId commit) throws StateException;

    /** Returns whether a commit is in the history of another, or is it. */
    boolean contains(CommitId head, CommitId commit) throws StateException;

    /** Returns the commits in the history of one, itself included, that are not in the history of another. */
    Set<CommitId> beyond(CommitId commit, CommitId other) throws StateException;

    /** Returns all files of a commit. */
    Map<StatePath, BlobId> files(CommitId commit) throws StateException;

    /** Returns one file of a commit. */
    Optional<BlobId> file(CommitId commit, StatePath path) throws StateException;

    /** Returns when, and as which commit, it was made. */
    Touch touch(CommitId commit) throws StateException;
}
