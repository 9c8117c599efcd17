package io.serai.state.internal;

import io.serai.api.state.BlobId;
import io.serai.api.state.CommitId;
import io.serai.api.state.StateException;
import io.serai.api.state.StatePath;
import io.serai.state.internal.merge.CommitGraph;
import io.serai.state.internal.merge.Touch;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/** The commits of the repository. */
final class GitGraph implements CommitGraph {
    // For so many it is faster to ask for each of them than to go through all of a history.
    private static final int FEW = 16;

    private final GitStore store;
    private final Files files;

    /** Reads the files of a commit. */
    @FunctionalInterface
    interface Files {
        /** Returns all of them. */
        Map<StatePath, BlobId> of(CommitId commit) throws StateException;
    }

    GitGraph(GitStore store, Files files) {
        this.store = store;
        this.files = files;
    }

    @Override
    public List<CommitId> parents(CommitId commit) throws StateException {
        return Arrays.stream(store.commit(commit).getParents())
                .map(parent -> new CommitId(parent.name()))
                .toList();
    }

    @Override
    public boolean contains(CommitId head, CommitId commit) throws StateException {
        RevCommit one = store.commit(commit);
        RevCommit other = store.commit(head);
        try (RevWalk walk = new RevWalk(store.repository())) {
            return walk.isMergedInto(walk.parseCommit(one), walk.parseCommit(other));
        } catch (MissingObjectException e) {
            throw StateRefusals.incomplete(commit, e.getObjectId().name(), e);
        } catch (IOException e) {
            throw DiskFailures.explain("find what commits have in common in", store.directory(), e);
        }
    }

    /** JGit goes by the times of commits, and may return some that the other has seen, where clocks are apart. */
    @Override
    public Set<CommitId> beyond(CommitId commit, CommitId other) throws StateException {
        Set<CommitId> beyond = history(commit, Optional.of(other));
        if (beyond.size() > FEW) {
            beyond.removeAll(history(other, Optional.empty()));
            return beyond;
        }
        Set<CommitId> unseen = new HashSet<>();
        for (CommitId each : beyond) {
            if (!contains(other, each)) {
                unseen.add(each);
            }
        }
        return unseen;
    }

    private Set<CommitId> history(CommitId commit, Optional<CommitId> without) throws StateException {
        try (RevWalk walk = new RevWalk(store.repository())) {
            walk.setRetainBody(false);
            walk.markStart(walk.parseCommit(ObjectId.fromString(commit.value())));
            if (without.isPresent()) {
                walk.markUninteresting(
                        walk.parseCommit(ObjectId.fromString(without.get().value())));
            }
            Set<CommitId> history = new HashSet<>();
            for (RevCommit each : walk) {
                history.add(new CommitId(each.name()));
            }
            return history;
        } catch (IOException e) {
            throw DiskFailures.explain("find what commits have in common in", store.directory(), e);
        }
    }

    @Override
    public Map<StatePath, BlobId> files(CommitId commit) throws StateException {
        return files.of(commit);
    }

    @Override
    public Optional<BlobId> file(CommitId commit, StatePath path) throws StateException {
        try (ObjectReader reader = store.reader();
                TreeWalk walk = TreeWalk.forPath(
                        reader, path.value(), store.commit(commit).getTree())) {
            boolean there = walk != null && !walk.isSubtree();
            return there ? Optional.of(new BlobId(walk.getObjectId(0).name())) : Optional.empty();
        } catch (IOException e) {
            throw DiskFailures.explain("read commit " + commit + " of the state repository", store.directory(), e);
        }
    }

    @Override
    public Touch touch(CommitId commit) throws StateException {
        return new Touch(commit, store.commit(commit).getAuthorIdent().getWhenAsInstant());
    }
}
