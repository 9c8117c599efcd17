package io.serai.state.internal;

import io.serai.api.state.BlobId;
import io.serai.api.state.CommitId;
import io.serai.api.state.StateException;
import io.serai.api.state.StateException.Reason;
import io.serai.api.state.StatePath;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/**
 * A commit that a node wants to be part of the history.
 *
 * @param commit with its body
 * @param parent what it was made on top of
 * @param edit what it does to that
 */
record Proposal(RevCommit commit, CommitId parent, Edit edit) {

    /**
     * Reads a commit that is whole.
     *
     * @throws StateException {@code INVALID} if it does not have one parent, or has what is not a file
     */
    static Proposal of(GitStore store, RevCommit commit) throws IOException, StateException {
        if (commit.getParentCount() != 1) {
            throw new StateException(
                    Reason.INVALID,
                    "Commit " + commit.name() + " cannot be appended: it has " + commit.getParentCount()
                            + " parents; propose one that has one",
                    null);
        }
        CommitId parent = new CommitId(commit.getParent(0).name());
        SortedMap<StatePath, Optional<BlobId>> targets =
                difference(store, store.commit(parent).getTree(), commit.getTree());
        return new Proposal(
                commit,
                parent,
                new Edit(
                        targets,
                        Optional.of(parent),
                        CommitAuthors.fromGit(commit.getAuthorIdent()),
                        commit.getFullMessage()));
    }

    CommitId id() {
        return new CommitId(commit.name());
    }

    private static SortedMap<StatePath, Optional<BlobId>> difference(GitStore store, ObjectId before, ObjectId after)
            throws IOException, StateException {
        SortedMap<StatePath, Optional<BlobId>> targets = new TreeMap<>();
        Map<StatePath, String> problems = new TreeMap<>();
        try (ObjectReader reader = store.reader();
                TreeWalk walk = new TreeWalk(reader)) {
            walk.addTree(before);
            walk.addTree(after);
            walk.setRecursive(true);
            walk.setFilter(TreeFilter.ANY_DIFF);
            while (walk.next()) {
                StatePath path = path(walk.getPathString());
                FileMode mode = walk.getFileMode(1);
                if (mode.equals(FileMode.SYMLINK) || mode.equals(FileMode.GITLINK)) {
                    problems.put(path, "it is a link; put the file itself");
                }
                boolean removed = mode.equals(FileMode.MISSING);
                targets.put(
                        path,
                        removed
                                ? Optional.empty()
                                : Optional.of(new BlobId(walk.getObjectId(1).name())));
            }
        }
        if (!problems.isEmpty()) {
            throw StateRefusals.invalid(problems);
        }
        return targets;
    }

    private static StatePath path(String name) throws StateException {
        try {
            return new StatePath(name);
        } catch (IllegalArgumentException e) {
            throw new StateException(Reason.INVALID, "The change was refused: " + e.getMessage(), e);
        }
    }
}
