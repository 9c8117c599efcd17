package io.serai.state.internal.merge;

import io.serai.api.state.BlobId;
import io.serai.api.state.CommitId;
import io.serai.api.state.StateException;
import io.serai.api.state.StatePath;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Commits, and how they follow from each other. */
public interface CommitGraph {
    /** Returns what a commit came after, in its order. */
    List<CommitId> parents(CommitId commit) throws StateException;

    /**
     * Returns the newest commits that two commits have in common: those in the history of both that are in the history of
     * no other such one.
     */
    List<CommitId> mergeBases(CommitId one, CommitId other) throws StateException;

    /** Returns all files of a commit. */
    Map<StatePath, BlobId> files(CommitId commit) throws StateException;

    /** Returns one file of a commit. */
    Optional<BlobId> file(CommitId commit, StatePath path) throws StateException;

    /** Returns when, and as which commit, it was made. */
    Touch touch(CommitId commit) throws StateException;
}
