package io.serai.state.internal;

import io.serai.api.state.CommitId;
import io.serai.api.state.MergeConflict;
import io.serai.api.state.StateException;
import io.serai.state.internal.MergeMessage.Sides;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * Conflicts of merges whose files are still as the merge left them, and of which no commit says that it is settled: whoever
 * changes such a file has settled it, too.
 */
final class OpenConflicts {
    private final GitStore store;
    private final GitGraph graph;

    OpenConflicts(GitStore store, GitGraph graph) {
        this.store = store;
        this.graph = graph;
    }

    /** Returns those in the history of a commit, the newest merge first. */
    List<MergeConflict> of(CommitId head) throws IOException, StateException {
        List<MergeConflict> open = new ArrayList<>();
        Set<Sides> resolved = new HashSet<>();
        try (RevWalk walk = new RevWalk(store.repository())) {
            walk.markStart(walk.parseCommit(ObjectId.fromString(head.value())));
            for (RevCommit commit : walk) {
                String message = commit.getFullMessage();
                resolved.addAll(MergeMessage.resolved(message));
                if (commit.getParentCount() > 1) {
                    open.addAll(MergeMessage.conflicts(new CommitId(commit.name()), message));
                }
            }
        }
        open.removeIf(conflict -> resolved.contains(Sides.of(conflict)));
        List<MergeConflict> untouched = new ArrayList<>();
        for (MergeConflict conflict : open) {
            if (untouched(conflict, head)) {
                untouched.add(conflict);
            }
        }
        return untouched;
    }

    private boolean untouched(MergeConflict conflict, CommitId head) throws StateException {
        return graph.file(head, conflict.path()).equals(graph.file(conflict.merge(), conflict.path()));
    }
}
