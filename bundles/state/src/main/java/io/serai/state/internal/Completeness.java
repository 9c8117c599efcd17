package io.serai.state.internal;

import io.serai.api.state.BlobId;
import io.serai.api.state.CommitId;
import io.serai.api.state.StateException;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/**
 * Looks for what is missing of a commit. It looks only at what a head does not consist of, of which all is there, and of
 * each commit only at what its parents do not have: the effort is that of what has changed, however much there is.
 */
final class Completeness {
    private final GitStore store;

    Completeness(GitStore store) {
        this.store = store;
    }

    /**
     * Returns the contents that are missing.
     *
     * @throws StateException {@code NOT_FOUND} if a commit or folder is missing, so that nobody can say
     */
    Set<BlobId> missing(CommitId commit, CommitId head) throws IOException, StateException {
        Set<BlobId> missing = new LinkedHashSet<>();
        try (ObjectReader reader = store.reader();
                RevWalk walk = new RevWalk(reader)) {
            walk.setRetainBody(false);
            walk.markStart(walk.parseCommit(ObjectId.fromString(commit.value())));
            walk.markUninteresting(walk.parseCommit(ObjectId.fromString(head.value())));
            for (RevCommit each : walk) {
                for (RevCommit parent : each.getParents()) {
                    walk.parseHeaders(parent);
                }
                addMissing(reader, each, missing);
            }
            return missing;
        } catch (MissingObjectException e) {
            throw StateRefusals.incomplete(commit, e.getObjectId().name(), e);
        }
    }

    /**
     * Makes sure that nothing is missing.
     *
     * @throws StateException {@code NOT_FOUND} if something is
     */
    void require(CommitId commit, CommitId head) throws IOException, StateException {
        Set<BlobId> missing = missing(commit, head);
        if (!missing.isEmpty()) {
            throw StateRefusals.incomplete(commit, missing.iterator().next().value(), null);
        }
    }

    private static void addMissing(ObjectReader reader, RevCommit commit, Set<BlobId> missing) throws IOException {
        try (TreeWalk walk = new TreeWalk(reader)) {
            walk.addTree(commit.getTree());
            for (RevCommit parent : commit.getParents()) {
                walk.addTree(parent.getTree());
            }
            walk.setFilter(TreeFilter.ANY_DIFF);
            walk.setRecursive(true);
            while (walk.next()) {
                if (isNew(walk) && !reader.has(walk.getObjectId(0))) {
                    missing.add(new BlobId(walk.getObjectId(0).name()));
                }
            }
        }
    }

    private static boolean isNew(TreeWalk walk) {
        for (int parent = 1; parent < walk.getTreeCount(); parent++) {
            if (walk.idEqual(0, parent)) {
                return false;
            }
        }
        return !walk.getFileMode(0).equals(FileMode.MISSING);
    }
}
