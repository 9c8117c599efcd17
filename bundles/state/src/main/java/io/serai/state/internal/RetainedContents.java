package io.serai.state.internal;

import io.serai.api.state.Compaction.Reason;
import io.serai.api.state.StatePath;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevWalk;

/** The contents of a history, and which of them are kept and why. */
final class RetainedContents {
    private final Retention retention;
    private final Map<ObjectId, Set<StatePath>> contents = new HashMap<>();
    private final Map<ObjectId, Reason> kept = new HashMap<>();
    private final Map<String, LinkedHashSet<ObjectId>> newest = new HashMap<>();
    private final Set<ObjectId> recent = new HashSet<>();

    RetainedContents(Retention retention) {
        this.retention = retention;
    }

    /** Goes through the history of a commit. */
    void read(ObjectReader reader, ObjectId head, Instant now) throws IOException {
        long since = now.minus(retention.age()).getEpochSecond();
        Set<RevCommit> young = new HashSet<>();
        try (RevWalk walk = new RevWalk(reader);
                PutAside aside = new PutAside(reader)) {
            walk.setRetainBody(false);
            walk.sort(RevSort.TOPO);
            walk.sort(RevSort.REVERSE, true);
            walk.markStart(walk.parseCommit(head));
            for (RevCommit commit : walk) {
                if (commit.getCommitTime() >= since || hasParentOf(young, commit)) {
                    young.add(commit);
                }
                for (FileTouch touch : FileTouch.of(reader, commit)) {
                    aside.add(commit, touch);
                    add(touch, young.contains(commit));
                }
            }
            keep(aside.contents(), Reason.CONFLICT);
        }
    }

    /** Returns whether a commit comes after one of some; clocks may be apart. */
    private static boolean hasParentOf(Set<RevCommit> young, RevCommit commit) {
        for (RevCommit parent : commit.getParents()) {
            if (young.contains(parent)) {
                return true;
            }
        }
        return false;
    }

    private void add(FileTouch touch, boolean young) {
        if (!touch.isRemoval()) {
            contents.computeIfAbsent(touch.after(), key -> new HashSet<>()).add(new StatePath(touch.path()));
            LinkedHashSet<ObjectId> versions = newest.computeIfAbsent(touch.path(), key -> new LinkedHashSet<>());
            versions.remove(touch.after());
            versions.add(touch.after());
            if (versions.size() > retention.versions()) {
                versions.remove(versions.iterator().next());
            }
        }
        if (young) {
            recent.add(touch.after());
            recent.addAll(touch.before());
        }
    }

    /** Keeps contents, of which a reason that is more important may be known. */
    void keep(Set<ObjectId> some, Reason reason) {
        for (ObjectId content : some) {
            kept.merge(content, reason, (one, other) -> one.compareTo(other) < 0 ? one : other);
        }
    }

    /** Keeps what the files of the head are and were. Versions of a file that is gone are of no use, but to undo that. */
    void keepHead(Map<String, ObjectId> files) {
        keep(new HashSet<>(files.values()), Reason.HEAD);
        keep(recent, Reason.RECENT);
        files.keySet().forEach(path -> keep(newest.getOrDefault(path, new LinkedHashSet<>()), Reason.NEWEST));
    }

    /** Returns all contents that the history has, or had, and that are kept, with the reason. */
    Map<ObjectId, Reason> kept() {
        Map<ObjectId, Reason> known = new HashMap<>(kept);
        known.keySet().retainAll(contents.keySet());
        return known;
    }

    /** Returns what nothing keeps, and the files it was a version of. */
    Map<ObjectId, Set<StatePath>> dropped() {
        Map<ObjectId, Set<StatePath>> dropped = new TreeMap<>(contents);
        dropped.keySet().removeAll(kept.keySet());
        return dropped;
    }
}
