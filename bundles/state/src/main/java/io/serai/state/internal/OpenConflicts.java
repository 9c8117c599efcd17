package io.serai.state.internal;

import io.serai.api.state.CommitId;
import io.serai.api.state.MergeConflict;
import io.serai.api.state.StateException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;

/** Conflicts of merges whose files are still as the merge left them: whoever changes such a file has settled it. */
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
        try (RevWalk walk = new RevWalk(store.repository())) {
            walk.setRevFilter(RevFilter.ONLY_MERGES);
            walk.markStart(walk.parseCommit(ObjectId.fromString(head.value())));
            for (RevCommit merge : walk) {
                for (MergeConflict conflict :
                        MergeMessage.conflicts(new CommitId(merge.name()), merge.getFullMessage())) {
                    if (untouched(conflict, head)) {
                        open.add(conflict);
                    }
                }
            }
        }
        return open;
    }

    private boolean untouched(MergeConflict conflict, CommitId head) throws StateException {
        return graph.file(head, conflict.path()).equals(graph.file(conflict.merge(), conflict.path()));
    }
}
