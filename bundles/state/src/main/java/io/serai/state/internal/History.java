package io.serai.state.internal;

import io.serai.api.state.BlobId;
import io.serai.api.state.CommitId;
import io.serai.api.state.PathDifference;
import io.serai.api.state.Revision;
import io.serai.api.state.StateException;
import io.serai.api.state.StatePath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.AndTreeFilter;
import org.eclipse.jgit.treewalk.filter.PathFilter;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/** Reads what changed, when and by whom. */
final class History {
    // A text of more is an archive in disguise: comparing its lines would cost seconds, and nobody would read it.
    private static final int MAX_TEXT_BYTES = 1024 * 1024;

    private static final String READ = "read the history of the state repository";

    private final GitStore store;

    History(GitStore store) {
        this.store = store;
    }

    List<Revision> log(CommitId head, Optional<StatePath> path, int limit) throws StateException {
        if (limit < 1) {
            throw new IllegalArgumentException("The limit of a log is at least 1, but was " + limit);
        }
        try (RevWalk walk = new RevWalk(store.repository())) {
            if (path.isPresent()) {
                walk.setTreeFilter(
                        AndTreeFilter.create(PathFilter.create(path.get().value()), TreeFilter.ANY_DIFF));
                walk.setRewriteParents(false);
            }
            walk.markStart(walk.parseCommit(ObjectId.fromString(head.value())));
            return revisions(walk, limit);
        } catch (IOException e) {
            throw DiskFailures.explain(READ, store.directory(), e);
        }
    }

    /** Returns what the history of one commit has beyond that of another. */
    List<Revision> log(CommitId before, CommitId after) throws StateException {
        RevCommit start = store.commit(after);
        if (isNext(start, before)) {
            return List.of(revision(start)); // what is asked for after nearly every change
        }
        RevCommit without = store.commit(before);
        try (RevWalk walk = new RevWalk(store.repository())) {
            if (walk.isMergedInto(walk.parseCommit(start), walk.parseCommit(without))) {
                return List.of(); // what follows goes by the times of commits, and is not exact where clocks are apart
            }
            walk.reset();
            walk.sort(RevSort.TOPO);
            walk.markStart(walk.parseCommit(start));
            walk.markUninteresting(walk.parseCommit(without));
            return revisions(walk, Integer.MAX_VALUE);
        } catch (IOException e) {
            throw DiskFailures.explain(READ, store.directory(), e);
        }
    }

    private static boolean isNext(RevCommit commit, CommitId before) {
        boolean single = commit.getParentCount() == 1 || CommitAuthors.standsForProposal(commit);
        return single && commit.getParent(0).name().equals(before.value());
    }

    private static List<Revision> revisions(RevWalk walk, int limit) {
        List<Revision> revisions = new ArrayList<>();
        Set<RevCommit> proposals = new HashSet<>();
        for (RevCommit commit : walk) {
            if (CommitAuthors.standsForProposal(commit)) {
                proposals.add(commit.getParent(1)); // one entry for one change
            }
            if (!proposals.contains(commit)) {
                revisions.add(revision(commit));
            }
            if (revisions.size() == limit) {
                break;
            }
        }
        return revisions;
    }

    /** Returns the commit by which a head has what was proposed: the proposal, or what stands for it; empty if it has not. */
    Optional<CommitId> find(Proposal proposal, CommitId head) throws StateException {
        try (RevWalk walk = new RevWalk(store.repository())) {
            walk.markStart(walk.parseCommit(ObjectId.fromString(head.value())));
            walk.markUninteresting(
                    walk.parseCommit(ObjectId.fromString(proposal.parent().value())));
            for (RevCommit commit : walk) {
                boolean stands = CommitAuthors.standsForProposal(commit)
                        && commit.getParent(1).equals(proposal.commit());
                if (stands || commit.equals(proposal.commit())) {
                    return Optional.of(new CommitId(commit.name()));
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw DiskFailures.explain(READ, store.directory(), e);
        }
    }

    /** Returns the files that somebody changed or removed by one of some commits; merges only choose. */
    Set<StatePath> touched(Set<CommitId> commits) throws StateException {
        Set<StatePath> touched = new HashSet<>();
        for (CommitId commit : commits) {
            RevCommit read = store.commit(commit);
            if (read.getParentCount() == 1) {
                CommitId parent = new CommitId(read.getParent(0).name());
                diff(parent, commit).forEach(difference -> touched.add(difference.path()));
            }
        }
        return touched;
    }

    List<PathDifference> diff(CommitId before, CommitId after) throws StateException {
        ObjectId treeBefore = store.commit(before).getTree();
        ObjectId treeAfter = store.commit(after).getTree();
        List<PathDifference> differences = new ArrayList<>();
        try (ObjectReader reader = store.reader();
                TreeWalk walk = new TreeWalk(reader)) {
            walk.addTree(treeBefore);
            walk.addTree(treeAfter);
            walk.setRecursive(true);
            walk.setFilter(TreeFilter.ANY_DIFF);
            while (walk.next()) {
                differences.add(new PathDifference(
                        new StatePath(walk.getPathString()), blob(walk.getObjectId(0)), blob(walk.getObjectId(1))));
            }
            return differences;
        } catch (IOException e) {
            throw DiskFailures.explain("compare commits of the state repository", store.directory(), e);
        }
    }

    String patch(CommitId before, CommitId after, Optional<StatePath> path) throws StateException {
        RevCommit commitBefore = store.commit(before);
        RevCommit commitAfter = store.commit(after);
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (DiffFormatter formatter = new DiffFormatter(text)) {
            formatter.setRepository(store.repository());
            formatter.setQuotePaths(false);
            formatter.setDetectRenames(false);
            formatter.setBinaryFileThreshold(MAX_TEXT_BYTES);
            path.ifPresent(only -> formatter.setPathFilter(PathFilter.create(only.value())));
            formatter.format(commitBefore.getTree(), commitAfter.getTree());
            formatter.flush();
        } catch (MissingObjectException e) {
            throw store.dropped()
                    .explain(e.getObjectId(), e)
                    .orElseGet(() -> DiskFailures.explain(READ, store.directory(), e));
        } catch (IOException e) {
            throw DiskFailures.explain("compare commits of the state repository", store.directory(), e);
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    static Revision revision(RevCommit commit) {
        int parents = CommitAuthors.standsForProposal(commit) ? 1 : commit.getParentCount();
        return new Revision(
                new CommitId(commit.name()),
                Arrays.stream(commit.getParents())
                        .limit(parents)
                        .map(parent -> new CommitId(parent.name()))
                        .toList(),
                CommitAuthors.fromGit(commit.getAuthorIdent()),
                Instant.ofEpochSecond(commit.getCommitTime()),
                commit.getFullMessage());
    }

    private static Optional<BlobId> blob(AnyObjectId id) {
        return id.equals(ObjectId.zeroId()) ? Optional.empty() : Optional.of(new BlobId(id.name()));
    }
}
