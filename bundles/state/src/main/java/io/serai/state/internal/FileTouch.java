package io.serai.state.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/** What one commit did to a file, as its tree and those of its parents tell. */
record FileTouch(String path, ObjectId after, List<ObjectId> before) {

    /** Returns the files that a commit has otherwise than one of its parents. */
    static List<FileTouch> of(ObjectReader reader, RevCommit commit) throws IOException {
        List<FileTouch> touches = new ArrayList<>();
        try (TreeWalk walk = new TreeWalk(reader)) {
            walk.addTree(commit.getTree());
            for (RevCommit parent : commit.getParents()) {
                walk.addTree(parent.getTree());
            }
            walk.setFilter(TreeFilter.ANY_DIFF);
            walk.setRecursive(true);
            while (walk.next()) {
                List<ObjectId> before = new ArrayList<>();
                for (int parent = 1; parent < walk.getTreeCount(); parent++) {
                    before.add(walk.getObjectId(parent));
                }
                touches.add(new FileTouch(walk.getPathString(), walk.getObjectId(0), before));
            }
        }
        return touches;
    }

    /** Returns whether no parent has the file so. */
    boolean isNew() {
        return !isRemoval() && !before.contains(after);
    }

    /** Returns whether the file is not there after it. */
    boolean isRemoval() {
        return after.equals(ObjectId.zeroId());
    }
}
