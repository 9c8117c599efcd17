package io.serai.state.internal;

import io.serai.api.state.Author;
import io.serai.api.state.BlobId;
import io.serai.api.state.CommitId;
import io.serai.api.state.MergeConflict;
import io.serai.api.state.StateException;
import io.serai.api.state.StateException.Reason;
import io.serai.api.state.StatePath;
import io.serai.state.internal.merge.TwinNames;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.jgit.revwalk.RevCommit;

/** Makes edits that bring back what the history has. */
final class EditsOfHistory {
    private final GitStore store;
    private final History history;
    private final GitGraph graph;
    private final OpenConflicts conflicts;

    EditsOfHistory(GitStore store, History history, GitGraph graph, OpenConflicts conflicts) {
        this.store = store;
        this.history = history;
        this.graph = graph;
        this.conflicts = conflicts;
    }

    /** Returns what makes files be as they were at a commit; all if none is named. */
    Edit restore(GitSnapshot head, CommitId commit, Set<StatePath> paths, Author author)
            throws IOException, StateException {
        Map<StatePath, BlobId> then = graph.files(commit);
        Map<StatePath, BlobId> now = head.files();
        Set<StatePath> all = new TreeSet<>(paths);
        if (paths.isEmpty()) {
            all.addAll(then.keySet());
            all.addAll(now.keySet());
        }
        SortedMap<StatePath, Optional<BlobId>> targets = new TreeMap<>();
        for (StatePath path : all) {
            if (!then.containsKey(path) && !now.containsKey(path)) {
                throw new StateException(
                        Reason.NOT_FOUND,
                        "Cannot restore " + path + ": neither commit " + commit.shortValue() + " nor the head has it",
                        Map.of(path, "not found"),
                        null);
            }
            targets.put(path, Optional.ofNullable(then.get(path)));
        }
        store.dropped().require(store, targets);
        String what = paths.isEmpty() ? "everything" : Edit.summary(paths);
        String message = "Restore " + what + " as of " + commit.shortValue();
        return new Edit(targets, Optional.of(head.commit()), author, message);
    }

    /** Returns what undoes a commit. */
    Edit revert(CommitId commit, Author author) throws IOException, StateException {
        RevCommit reverted = store.commit(commit);
        if (reverted.getParentCount() == 0) {
            throw new StateException(
                    Reason.INVALID,
                    "Cannot revert " + commit.shortValue() + ": it is the first commit and changed nothing",
                    null);
        }
        SortedMap<StatePath, Optional<BlobId>> targets = new TreeMap<>();
        CommitId parent = new CommitId(reverted.getParent(0).name());
        history.diff(parent, commit).forEach(change -> targets.put(change.path(), change.before()));
        store.dropped().require(store, targets);
        String message = "Revert \"" + reverted.getShortMessage() + "\"\n\nThis reverts commit " + commit + ".\n";
        return new Edit(targets, Optional.of(commit), author, message);
    }

    /** Returns what records that the file stays as it is. */
    Edit keepWon(GitSnapshot head, MergeConflict conflict, Author author) throws IOException, StateException {
        requireOpen(head, conflict);
        String summary = "Keep " + conflict.path() + " as of " + conflict.won().shortValue();
        return settled(head, conflict, author, summary, new TreeMap<>());
    }

    /** Returns what makes the file be as it was put aside; others give way whose names cannot stand beside its name. */
    Edit takeLost(GitSnapshot head, MergeConflict conflict, Author author) throws IOException, StateException {
        requireOpen(head, conflict);
        Optional<BlobId> lost = graph.file(conflict.lost(), conflict.path());
        SortedMap<StatePath, Optional<BlobId>> targets = new TreeMap<>();
        if (lost.isPresent()) {
            removeTwins(head, conflict.path(), targets);
        }
        targets.put(conflict.path(), lost);
        String summary = "Take " + conflict.path() + " as of " + conflict.lost().shortValue();
        return settled(head, conflict, author, summary, targets);
    }

    private static void removeTwins(GitSnapshot head, StatePath path, SortedMap<StatePath, Optional<BlobId>> targets) {
        Set<StatePath> names = new TreeSet<>(head.files().keySet());
        names.add(path);
        Optional<TwinNames.Pair> pair = TwinNames.find(names);
        while (pair.isPresent()) {
            StatePath one = pair.get().one();
            StatePath twin = one.equals(path) ? pair.get().other() : one;
            targets.put(twin, Optional.empty());
            names.remove(twin);
            pair = TwinNames.find(names);
        }
    }

    private void requireOpen(GitSnapshot head, MergeConflict conflict) throws IOException, StateException {
        if (!conflicts.of(head.commit()).contains(conflict)) {
            throw new StateException(
                    Reason.NOT_FOUND,
                    "There is no such conflict of " + conflict.path() + " in merge "
                            + conflict.merge().shortValue()
                            + "; somebody may have settled it, list those that are open",
                    Map.of(conflict.path(), "no conflict"),
                    null);
        }
    }

    private static Edit settled(
            GitSnapshot head,
            MergeConflict conflict,
            Author author,
            String summary,
            SortedMap<StatePath, Optional<BlobId>> targets) {
        String message = summary + "\n\n" + MergeMessage.resolved(conflict);
        return new Edit(targets, Optional.of(head.commit()), author, message, true);
    }
}
