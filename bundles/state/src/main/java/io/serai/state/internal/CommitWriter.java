package io.serai.state.internal;

import io.serai.api.state.BlobId;
import io.serai.api.state.Revision;
import io.serai.api.state.StateException;
import io.serai.api.state.StatePath;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;

/** Writes the commit that makes an edit on top of another commit. Nothing refers to it yet. */
final class CommitWriter {
    private final GitStore store;
    private final History history;
    private final GitGraph.Files files;

    /**
     * Who a commit says it is by.
     *
     * @param author who made the change, and when
     * @param committer who appended it, and when
     * @param proposal the commit that it stands for, if that could not be appended itself
     */
    record Signature(PersonIdent author, PersonIdent committer, Optional<ObjectId> proposal) {}

    CommitWriter(GitStore store, History history, GitGraph.Files files) {
        this.store = store;
        this.history = history;
        this.files = files;
    }

    /**
     * Writes it; the disk has it on return.
     *
     * @param batch where the contents of the edit are that are not in the repository yet
     * @return empty if the edit would alter nothing, and is not to be recorded
     * @throws StateException {@code CONFLICT} if one of its files is no longer as its author saw it
     */
    Optional<GitSnapshot> write(GitSnapshot before, Edit edit, Signature signature, ObjectBatch batch)
            throws IOException, StateException {
        SortedMap<StatePath, Optional<BlobId>> targets = edit.differing(before.files());
        refuseConflicts(edit, targets, before);
        if (targets.isEmpty() && !edit.recorded()) {
            return Optional.empty();
        }
        ObjectId tree = writeTree(before, targets, batch);
        CommitBuilder commit = new CommitBuilder();
        commit.setParentId(ObjectId.fromString(before.commit().value()));
        signature.proposal().ifPresent(commit::addParentId);
        commit.setTreeId(tree);
        commit.setAuthor(signature.author());
        commit.setCommitter(signature.committer());
        commit.setMessage(edit.message());
        return Optional.of(before.next(batch.insert(commit), tree, targets));
    }

    /** Refuses an edit whose files cannot stand beside those that are there. */
    void check(GitSnapshot before, Edit edit, ObjectBatch batch) throws IOException, StateException {
        writeTree(before, edit.targets(), batch);
    }

    private ObjectId writeTree(GitSnapshot before, Map<StatePath, Optional<BlobId>> targets, ObjectBatch batch)
            throws IOException, StateException {
        try (ObjectReader reader = store.reader()) {
            return TreeEdit.apply(reader, batch, before.tree(), targets);
        }
    }

    /** Refuses what changes a file that is no longer as its author saw it; who wants what is there already, has it. */
    private void refuseConflicts(Edit edit, Map<StatePath, Optional<BlobId>> targets, GitSnapshot before)
            throws StateException {
        if (edit.base().isEmpty() || edit.base().get().equals(before.commit())) {
            return;
        }
        Map<StatePath, BlobId> seen = files.of(edit.base().get());
        Map<StatePath, String> conflicts = new TreeMap<>();
        for (StatePath path : targets.keySet()) {
            BlobId now = before.files().get(path);
            if (!Optional.ofNullable(now).equals(Optional.ofNullable(seen.get(path)))) {
                conflicts.put(path, describe(path, before));
            }
        }
        if (!conflicts.isEmpty()) {
            throw StateRefusals.conflict(conflicts);
        }
    }

    /**
     * Refuses an edit of files that others have touched, even if they are again as they were: of two who do not know of
     * each other, none may be forgotten when histories are merged.
     */
    void refuseTouched(GitSnapshot before, Edit edit, Set<StatePath> touched) throws StateException {
        Map<StatePath, String> conflicts = new TreeMap<>();
        for (StatePath path : edit.differing(before.files()).keySet()) {
            if (touched.contains(path)) {
                conflicts.put(path, describe(path, before));
            }
        }
        if (!conflicts.isEmpty()) {
            throw StateRefusals.conflict(conflicts);
        }
    }

    private String describe(StatePath path, GitSnapshot before) throws StateException {
        String what = before.files().containsKey(path) ? "changed" : "removed";
        List<Revision> last = history.log(before.commit(), Optional.of(path), 1);
        if (last.isEmpty()) {
            return what + " since " + before.commit().shortValue();
        }
        Revision revision = last.get(0);
        return what + " by " + revision.author().name() + " ("
                + revision.author().face() + ") at " + revision.time() + " in "
                + revision.commit().shortValue() + "; look at that version, then make the change anew";
    }
}
