package io.serai.state.internal;

import io.serai.api.state.BlobId;
import io.serai.api.state.CommitId;
import io.serai.api.state.StateException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * Looks for what is missing of a commit. It looks only at what a head does not consist of, of which all is there, and of
 * each commit only at what its parents do not have: the effort is that of what has changed, however much there is.
 */
final class Completeness {
    // As many as nodes could be fetching at a time, and some that have been broken off.
    private static final int REMEMBERED = 64;

    private final GitStore store;
    private final Set<CommitId> asked = new LinkedHashSet<>(); // guarded by itself; the one asked for last is the last

    Completeness(GitStore store) {
        this.store = store;
    }

    /**
     * Returns the contents that are missing. Old versions may be gone for good, here or where the commit comes from; but not
     * what the commit itself has, and what merges of it with others may choose.
     *
     * @throws StateException {@code NOT_FOUND} if a commit or folder is missing, so that nobody can say
     */
    Set<BlobId> missing(CommitId commit, CommitId head) throws IOException, StateException {
        remember(commit);
        Set<ObjectId> missing = new LinkedHashSet<>();
        try (ObjectReader reader = store.reader();
                RevWalk walk = new RevWalk(reader)) {
            walk.setRetainBody(false);
            RevCommit tip = walk.parseCommit(ObjectId.fromString(commit.value()));
            walk.markStart(tip);
            walk.markUninteresting(walk.parseCommit(ObjectId.fromString(head.value())));
            List<RevCommit> commits = new ArrayList<>();
            for (RevCommit each = walk.next(); each != null; each = walk.next()) {
                for (RevCommit parent : each.getParents()) {
                    walk.parseHeaders(parent);
                }
                commits.add(each);
                addMissing(reader, each, missing);
            }
            if (missing.stream().anyMatch(store.dropped()::contains)) {
                Set<ObjectId> needed = needed(reader, tip, commits);
                missing.removeIf(content -> store.dropped().contains(content) && !needed.contains(content));
            }
            return missing.stream()
                    .map(content -> new BlobId(content.name()))
                    .collect(Collectors.toCollection(LinkedHashSet::new));
        } catch (MissingObjectException e) {
            throw StateRefusals.incomplete(commit, e.getObjectId().name(), e);
        }
    }

    private static Set<ObjectId> needed(ObjectReader reader, RevCommit tip, List<RevCommit> commits)
            throws IOException {
        Set<ObjectId> needed = new HashSet<>();
        try (RevWalk walk = new RevWalk(reader);
                PutAside aside = new PutAside(reader);
                TreeWalk files = new TreeWalk(reader)) {
            for (RevCommit each : inOrder(walk, tip, commits)) {
                for (FileTouch touch : FileTouch.of(reader, each)) {
                    aside.add(each, touch);
                }
            }
            needed.addAll(aside.contents());
            files.addTree(tip.getTree());
            files.setRecursive(true);
            while (files.next()) {
                needed.add(files.getObjectId(0));
            }
        }
        return needed;
    }

    /** Returns commits with parents first, which their times do not tell where clocks are apart. */
    private static List<RevCommit> inOrder(RevWalk walk, RevCommit tip, List<RevCommit> commits) throws IOException {
        Set<ObjectId> wanted = new HashSet<>(commits);
        walk.setRetainBody(false);
        walk.sort(RevSort.TOPO);
        walk.sort(RevSort.REVERSE, true);
        walk.markStart(walk.parseCommit(tip));
        for (RevCommit each : commits) {
            for (RevCommit parent : each.getParents()) {
                if (!wanted.contains(parent)) {
                    walk.markUninteresting(walk.parseCommit(parent));
                }
            }
        }
        List<RevCommit> ordered = new ArrayList<>();
        walk.forEach(ordered::add);
        return ordered;
    }

    private void remember(CommitId commit) {
        synchronized (asked) {
            asked.remove(commit);
            asked.add(commit);
            if (asked.size() > REMEMBERED) {
                asked.remove(asked.iterator().next());
            }
        }
    }

    /** Returns the commits somebody has asked about: what they consist of may be on its way. */
    Set<CommitId> asked() {
        synchronized (asked) {
            return Set.copyOf(asked);
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

    private static void addMissing(ObjectReader reader, RevCommit commit, Set<ObjectId> missing) throws IOException {
        for (FileTouch touch : FileTouch.of(reader, commit)) {
            if (touch.isNew() && !reader.has(touch.after())) {
                missing.add(touch.after());
            }
        }
    }
}
