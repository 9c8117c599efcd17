package io.serai.admin.internal.git;

import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/** How deep a history has all its contents. Depth is what {@code git clone --depth} counts: by the shortest way. */
final class WholeDepth {
    private final ObjectReader reader;
    private final Set<RevCommit> asked;

    private WholeDepth(ObjectReader reader, Set<RevCommit> asked) {
        this.reader = reader;
        this.asked = asked;
    }

    /**
     * Returns how many commits deep what somebody wants is whole, from 1; empty if all of it is.
     *
     * @param wants what is whole by itself
     * @param haves commits whose history is not asked for; those that are not here do no harm
     */
    static Optional<Integer> of(Repository repository, Collection<ObjectId> wants, Collection<ObjectId> haves)
            throws IOException {
        try (ObjectReader reader = repository.newObjectReader();
                RevWalk walk = new RevWalk(reader)) {
            walk.setRetainBody(false);
            Set<RevCommit> tips = new HashSet<>();
            for (ObjectId want : wants) {
                if (reader.has(want) && walk.parseAny(want) instanceof RevCommit commit) {
                    tips.add(commit);
                    walk.markStart(commit);
                }
            }
            for (ObjectId have : haves) {
                RevObject known = reader.has(have) ? walk.parseAny(have) : null;
                if (known instanceof RevCommit commit) {
                    walk.markUninteresting(commit);
                }
            }
            Set<RevCommit> asked = new HashSet<>();
            for (RevCommit commit = walk.next(); commit != null; commit = walk.next()) {
                asked.add(commit);
            }
            return new WholeDepth(reader, asked).below(tips);
        }
    }

    private Optional<Integer> below(Set<RevCommit> tips) throws IOException {
        Set<RevCommit> seen = new HashSet<>();
        Set<RevCommit> level = tips;
        for (int depth = 1; !level.isEmpty(); depth++) {
            Set<RevCommit> next = new HashSet<>();
            for (RevCommit commit : level) {
                if (!asked.contains(commit) || !seen.add(commit)) {
                    continue;
                }
                for (RevCommit parent : commit.getParents()) {
                    if (asked.contains(parent) && lacks(parent, commit)) {
                        return Optional.of(depth);
                    }
                    next.add(parent);
                }
            }
            level = next;
        }
        return Optional.empty();
    }

    /** Returns whether a content is gone that a commit has, given that nothing is of one that follows it. */
    private boolean lacks(RevCommit commit, RevCommit follower) throws IOException {
        try (TreeWalk walk = new TreeWalk(reader)) {
            walk.addTree(commit.getTree());
            walk.addTree(follower.getTree());
            walk.setFilter(TreeFilter.ANY_DIFF);
            walk.setRecursive(true);
            while (walk.next()) {
                ObjectId content = walk.getObjectId(0);
                if (!content.equals(ObjectId.zeroId()) && !reader.has(content)) {
                    return true;
                }
            }
            return false;
        }
    }
}
