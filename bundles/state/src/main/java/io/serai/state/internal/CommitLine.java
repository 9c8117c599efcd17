package io.serai.state.internal;

import io.serai.api.state.BlobId;
import io.serai.api.state.CommitId;
import io.serai.api.state.Revision;
import io.serai.api.state.StateException;
import io.serai.api.state.StateException.Reason;
import io.serai.api.state.StatePath;
import java.io.IOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The line of commits that ends in the head: hands out snapshots, and appends one commit after the other. */
final class CommitLine {
    private static final Logger LOG = LoggerFactory.getLogger(CommitLine.class);
    // Enough for what is compared at a time: the head, what a node has applied, and the bases of some editors.
    private static final int CACHED = 16;
    // Each attempt but the first means that another program moved the branch, which by rights it does not.
    private static final int ATTEMPTS = 5;

    private final GitStore store;
    private final StateSettings settings;
    private final Clock clock;
    private final HeadNotifier notifier;
    private final History history;
    private final HistoryJoin joining;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<CommitId, GitSnapshot> cache = new LinkedHashMap<>(CACHED, 0.75f, true); // guarded by itself
    private volatile GitSnapshot head; // written under lock
    private boolean closed; // guarded by lock

    CommitLine(GitStore store, StateSettings settings, Clock clock, HeadNotifier notifier) throws StateException {
        this.store = store;
        this.settings = settings;
        this.clock = clock;
        this.notifier = notifier;
        this.history = new History(store);
        this.joining = new HistoryJoin(store, commit -> at(commit).files());
        this.head = readHead();
    }

    GitSnapshot head() {
        return head;
    }

    GitSnapshot at(CommitId commit) throws StateException {
        GitSnapshot current = head;
        if (current.commit().equals(commit)) {
            return current;
        }
        synchronized (cache) {
            GitSnapshot known = cache.get(commit);
            if (known != null) {
                return known;
            }
        }
        return remember(snapshot(store.commit(commit)));
    }

    /**
     * Appends a commit, unless it would alter nothing.
     *
     * @param batch where the contents of the edit are that are not in the repository yet
     * @return the new head, or empty if it would have altered nothing
     */
    Optional<CommitId> append(Edit edit, ObjectBatch batch) throws StateException {
        return advance(before -> next(before, edit, batch));
    }

    /**
     * Makes the head contain a commit that another node wrote.
     *
     * @return the new head, or empty if it contained it already
     */
    Optional<CommitId> include(CommitId commit) throws StateException {
        return advance(before -> {
            Optional<RevCommit> target = joining.join(before.commit(), commit);
            return target.isEmpty() ? Optional.empty() : Optional.of(snapshot(target.get()));
        });
    }

    /** Ends appending; waits for the commit that is being written. */
    void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    private Optional<GitSnapshot> next(GitSnapshot before, Edit edit, ObjectBatch batch)
            throws IOException, StateException {
        SortedMap<StatePath, Optional<BlobId>> targets = edit.differing(before.files());
        refuseConflicts(edit, targets, before);
        if (targets.isEmpty()) {
            return Optional.empty();
        }
        ObjectId tree = writeTree(before, targets, batch);
        ObjectId commit = batch.insert(commitOf(before, tree, edit));
        return Optional.of(before.next(commit, tree, targets));
    }

    /** How the head goes on. */
    private interface Step {
        /** Returns what comes after a head; empty if it is to stay. */
        Optional<GitSnapshot> after(GitSnapshot before) throws IOException, StateException;
    }

    /** Takes a step; returns the new head, or empty if it stays. */
    private Optional<CommitId> advance(Step step) throws StateException {
        lock.lock();
        try {
            if (closed) {
                throw new StateException(Reason.IO, "The state repository is closed; the node is stopping", null);
            }
            return advanceLocked(step);
        } catch (IOException e) {
            throw DiskFailures.explain("write a change to the state repository", store.directory(), e);
        } finally {
            lock.unlock();
        }
    }

    private Optional<CommitId> advanceLocked(Step step) throws IOException, StateException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            GitSnapshot before = head;
            Optional<GitSnapshot> next = step.after(before);
            if (next.isEmpty()) {
                return Optional.empty();
            }
            CommitId after = next.get().commit();
            if (moveMain(ObjectId.fromString(before.commit().value()), ObjectId.fromString(after.value()))) {
                moveHead(before, next.get());
                return Optional.of(after);
            }
            GitSnapshot actual = readHead();
            if (!actual.commit().equals(before.commit())) {
                moveHead(before, actual);
            }
        }
        throw new IOException("another program holds or moves " + RepositoryLayout.MAIN
                + "; let no other program write to the repository, and try again");
    }

    private boolean moveMain(ObjectId before, ObjectId after) throws IOException {
        try {
            return store.moveMain(before, after);
        } catch (IOException e) {
            if (!store.readMain().equals(after)) {
                throw e;
            }
            LOG.warn(
                    "The head has moved, but a power cut in the next seconds could take it back: directory={}, head={}",
                    store.directory(),
                    after.name(),
                    e);
            return true;
        }
    }

    private ObjectId writeTree(GitSnapshot before, Map<StatePath, Optional<BlobId>> targets, ObjectBatch batch)
            throws IOException, StateException {
        try (ObjectReader reader = store.reader()) {
            return TreeEdit.apply(reader, batch, before.tree(), targets);
        }
    }

    private CommitBuilder commitOf(GitSnapshot before, ObjectId tree, Edit edit) {
        PersonIdent author = CommitAuthors.toGit(edit.author(), settings.node(), clock.instant());
        CommitBuilder commit = new CommitBuilder();
        commit.setParentId(ObjectId.fromString(before.commit().value()));
        commit.setTreeId(tree);
        commit.setAuthor(author);
        commit.setCommitter(author);
        commit.setMessage(edit.message());
        return commit;
    }

    /** Refuses what changes a file that is no longer as its author saw it; who wants what is there already, has it. */
    private void refuseConflicts(Edit edit, Map<StatePath, Optional<BlobId>> targets, GitSnapshot before)
            throws StateException {
        if (edit.base().isEmpty() || edit.base().get().equals(before.commit())) {
            return;
        }
        Map<StatePath, BlobId> seen = at(edit.base().get()).files();
        Map<StatePath, String> conflicts = new TreeMap<>();
        for (StatePath path : targets.keySet()) {
            BlobId now = before.files().get(path);
            if (!Optional.ofNullable(now).equals(Optional.ofNullable(seen.get(path)))) {
                conflicts.put(path, describe(path, now == null ? "removed" : "changed", before));
            }
        }
        if (!conflicts.isEmpty()) {
            throw StateRefusals.conflict(conflicts);
        }
    }

    private String describe(StatePath path, String what, GitSnapshot before) throws StateException {
        List<Revision> last = history.log(before.commit(), Optional.of(path), 1);
        if (last.isEmpty()) {
            return what + " since " + before.commit().shortValue();
        }
        Revision revision = last.get(0);
        return what + " by " + revision.author().name() + " ("
                + revision.author().face() + ") at " + revision.time() + " in "
                + revision.commit().shortValue() + "; look at that version, then make the change anew";
    }

    private void moveHead(GitSnapshot before, GitSnapshot after) {
        head = after;
        remember(before);
        notifier.headMoved(before.commit(), after.commit());
    }

    private GitSnapshot readHead() throws StateException {
        try {
            return snapshot(store.commit(new CommitId(store.readMain().name())));
        } catch (IOException e) {
            throw DiskFailures.explain("read the head of the state repository", store.directory(), e);
        }
    }

    private GitSnapshot snapshot(RevCommit commit) {
        return new GitSnapshot(store, settings.layers(), new CommitId(commit.name()), commit.getTree());
    }

    private GitSnapshot remember(GitSnapshot snapshot) {
        synchronized (cache) {
            cache.put(snapshot.commit(), snapshot);
            if (cache.size() > CACHED) {
                cache.remove(cache.keySet().iterator().next());
            }
            return snapshot;
        }
    }
}
