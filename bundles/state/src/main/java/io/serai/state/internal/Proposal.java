package io.serai.state.internal;

import io.serai.api.state.BlobId;
import io.serai.api.state.CommitId;
import io.serai.api.state.StateException;
import io.serai.api.state.StateException.Reason;
import io.serai.api.state.StatePath;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/**
 * A commit that a node wants to be part of the history.
 *
 * @param commit with its body
 * @param parent what it was made on top of, or what it and others before it were
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
        return onto(store, new CommitId(commit.getParent(0).name()), commit);
    }

    /**
     * Reads a commit, and what comes before it, as one change of an earlier commit.
     *
     * @throws StateException {@code INVALID} if it has what is not a file
     */
    static Proposal onto(GitStore store, CommitId base, RevCommit commit) throws IOException, StateException {
        RevCommit before = store.commit(base);
        return new Proposal(
                commit,
                base,
                new Edit(
                        difference(store, Optional.of(before), commit),
                        Optional.of(base),
                        CommitAuthors.fromGit(commit.getAuthorIdent()),
                        commit.getFullMessage()));
    }

    /** Refuses commits of which one has what is not a file, even if it is gone in the next. */
    static void requireFiles(GitStore store, Set<CommitId> commits) throws IOException, StateException {
        for (CommitId each : commits) {
            RevCommit commit = store.commit(each);
            Optional<RevCommit> before = commit.getParentCount() == 0
                    ? Optional.empty()
                    : Optional.of(store.commit(new CommitId(commit.getParent(0).name())));
            difference(store, before, commit);
        }
    }

    CommitId id() {
        return new CommitId(commit.name());
    }

    private static SortedMap<StatePath, Optional<BlobId>> difference(
            GitStore store, Optional<RevCommit> before, RevCommit after) throws IOException, StateException {
        SortedMap<StatePath, Optional<BlobId>> targets = new TreeMap<>();
        Map<StatePath, String> problems = new TreeMap<>();
        try (ObjectReader reader = store.reader();
                TreeWalk walk = new TreeWalk(reader)) {
            if (before.isPresent()) {
                walk.addTree(before.get().getTree());
            } else {
                walk.addTree(new EmptyTreeIterator());
            }
            walk.addTree(after.getTree());
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
