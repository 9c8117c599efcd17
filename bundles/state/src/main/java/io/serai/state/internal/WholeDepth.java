package io.serai.state.internal;

import io.serai.api.state.StateCompactionService;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/** Finds how deep a history is whole. Depth is what {@code git clone --depth} counts: by the shortest way from the head. */
final class WholeDepth {
    private final GitStore store;

    WholeDepth(GitStore store) {
        this.store = store;
    }

    int of(ObjectId head, Collection<ObjectId> known) throws IOException {
        if (store.dropped().isEmpty()) {
            return StateCompactionService.WHOLE;
        }
        try (ObjectReader reader = store.reader();
                RevWalk walk = new RevWalk(reader)) {
            walk.setRetainBody(false);
            Set<RevCommit> wanted = wanted(walk, head, known);
            Set<RevCommit> seen = new HashSet<>();
            List<RevCommit> level = List.of(walk.parseCommit(head));
            for (int depth = 1; !level.isEmpty(); depth++) {
                Set<RevCommit> next = new HashSet<>();
                for (RevCommit commit : level) {
                    if (wanted.contains(commit) && seen.add(commit)) {
                        if (hasParentThatLacks(reader, commit, wanted)) {
                            return depth;
                        }
                        next.addAll(List.of(commit.getParents()));
                    }
                }
                level = new ArrayList<>(next);
            }
            return StateCompactionService.WHOLE;
        }
    }

    private static Set<RevCommit> wanted(RevWalk walk, ObjectId head, Collection<ObjectId> known) throws IOException {
        walk.markStart(walk.parseCommit(head));
        for (ObjectId each : known) {
            walk.markUninteresting(walk.parseCommit(each));
        }
        Set<RevCommit> wanted = new HashSet<>();
        walk.forEach(wanted::add);
        return wanted;
    }

    /** Returns whether a file that a commit has made otherwise is gone as a parent has it: the commit itself has all. */
    private static boolean hasParentThatLacks(ObjectReader reader, RevCommit commit, Set<RevCommit> wanted)
            throws IOException {
        for (FileTouch touch : FileTouch.of(reader, commit)) {
            for (int parent = 0; parent < touch.before().size(); parent++) {
                ObjectId before = touch.before().get(parent);
                boolean there = before.equals(ObjectId.zeroId()) || reader.has(before);
                if (!there && wanted.contains(commit.getParent(parent))) {
                    return true;
                }
            }
        }
        return false;
    }
}
