package io.serai.state.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * Contents that a merge put aside, and that a later merge may yet choose: until somebody who has seen that merge touches
 * the file. Whether anybody has settled the conflict by leaving the file as it is makes no difference to merges. Is told of
 * the commits one after the other, parents first.
 */
final class PutAside implements AutoCloseable {
    private final RevWalk walk;
    private final Map<String, List<Version>> touches = new HashMap<>();
    private final Map<String, List<Version>> aside = new HashMap<>();

    /** A content of a file and the commit that made the file so, or that put it aside. */
    private record Version(RevCommit commit, ObjectId content) {}

    PutAside(ObjectReader reader) {
        this.walk = new RevWalk(reader);
        walk.setRetainBody(false);
    }

    void add(RevCommit commit, FileTouch touch) throws IOException {
        if (commit.getParentCount() == 1) {
            List<Version> waiting = aside.getOrDefault(touch.path(), List.of());
            for (Version version : List.copyOf(waiting)) {
                if (isSeen(version.commit(), commit)) {
                    waiting.remove(version);
                }
            }
            remember(touches, touch.path(), new Version(commit, touch.after()));
            return;
        }
        for (int parent = 0; parent < touch.before().size(); parent++) {
            ObjectId content = touch.before().get(parent);
            if (!content.equals(ObjectId.zeroId())
                    && !content.equals(touch.after())
                    && isUnseen(commit, parent, touch)) {
                remember(aside, touch.path(), new Version(commit, content));
            }
        }
    }

    /** Returns whether somebody made the file so whom another parent of the merge has not seen. */
    private boolean isUnseen(RevCommit merge, int parent, FileTouch touch) throws IOException {
        for (Version version : touches.getOrDefault(touch.path(), List.of())) {
            if (!version.content().equals(touch.before().get(parent))
                    || !isSeen(version.commit(), merge.getParent(parent))) {
                continue;
            }
            for (RevCommit other : merge.getParents()) {
                if (!isSeen(version.commit(), other)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean isSeen(RevCommit commit, RevCommit by) throws IOException {
        return walk.isMergedInto(walk.parseCommit(commit), walk.parseCommit(by));
    }

    private static void remember(Map<String, List<Version>> map, String path, Version version) {
        map.computeIfAbsent(path, key -> new ArrayList<>()).add(version);
    }

    /** Returns the contents. */
    Set<ObjectId> contents() {
        Set<ObjectId> contents = new HashSet<>();
        aside.values().forEach(versions -> versions.forEach(version -> contents.add(version.content())));
        return contents;
    }

    @Override
    public void close() {
        walk.close();
    }
}
