package io.serai.state.internal;

import io.serai.api.state.CommitId;
import io.serai.api.state.StateException;
import io.serai.api.state.StateException.Reason;
import io.serai.state.internal.CommitWriter.Signature;
import java.io.IOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The line of commits that ends in the head: hands out snapshots, and appends one commit after the other. */
final class CommitLine {
    private static final Logger LOG = LoggerFactory.getLogger(CommitLine.class);
    // Enough for what is compared at a time: the head, what a node has applied, and the bases of some editors.
    private static final int CACHED = 16;
    // Each attempt but the first means that another program moved the branch, which by rights it does not.
    private static final int ATTEMPTS = 5;
    private static final String WRITE = "write a change to the state repository";

    private final GitStore store;
    private final StateSettings settings;
    private final Clock clock;
    private final HeadNotifier notifier;
    private final History history;
    private final GitGraph graph;
    private final HistoryJoin joining;
    private final CommitWriter writer;
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
        GitGraph.Files files = commit -> at(commit).files();
        this.graph = new GitGraph(store, files);
        this.joining = new HistoryJoin(store, graph);
        this.writer = new CommitWriter(store, history, files);
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
        return advance(before -> write(before, edit, batch));
    }

    /** Writes the commit that would be appended, and leaves the head where it is; empty if it would alter nothing. */
    Optional<Proposal> propose(Edit edit, ObjectBatch batch) throws StateException {
        GitSnapshot before = head;
        try {
            Optional<GitSnapshot> commit = write(before, edit, batch);
            return commit.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Proposal(store.commit(commit.get().commit()), before.commit(), edit));
        } catch (IOException e) {
            throw DiskFailures.explain(WRITE, store.directory(), e);
        }
    }

    /**
     * Appends what was proposed: the commit itself if it follows the head, or else one that stands for it. The history
     * then has both, so that all nodes know them for one change, however often and by whichever node it is appended.
     *
     * @return the new head, or empty if it had that already
     * @throws StateException {@code CONFLICT} if somebody has touched one of the files since
     */
    Optional<CommitId> accept(Proposal proposal, ObjectBatch batch) throws StateException {
        return advance(before -> accepted(before, proposal, batch));
    }

    /**
     * Moves the head to a commit on top of it.
     *
     * @return the new head, or empty if it had that already
     * @throws StateException {@code CONFLICT} if the head is not what it was made on top of
     */
    Optional<CommitId> moveTo(Proposal proposal, ObjectBatch batch) throws StateException {
        return advance(before -> {
            if (!before.commit().equals(proposal.parent())) {
                throw StateRefusals.moved(before.commit(), proposal.id());
            }
            return Optional.of(onTop(before, proposal, batch));
        });
    }

    /** Returns the commits that the head does not contain, of those that another one does. */
    Set<CommitId> beyondHead(CommitId commit) throws StateException {
        return graph.beyond(commit, head.commit());
    }

    /** Returns whether a commit contains the head. */
    boolean isContainedIn(CommitId commit) throws StateException {
        return graph.contains(commit, head.commit());
    }

    /**
     * Makes the head contain a commit that another node wrote.
     *
     * @return the new head, or empty if it contained it already
     */
    Optional<CommitId> include(CommitId commit) throws StateException {
        return advance(before -> joined(before, commit));
    }

    /**
     * Makes the head a commit that another node wrote, if that is ahead of it.
     *
     * @return the new head, or empty if it is not
     */
    Optional<CommitId> follow(CommitId commit) throws StateException {
        return advance(before -> joining.ahead(before.commit(), commit).map(this::snapshot));
    }

    /** Returns whether the head contains a commit. */
    boolean contains(CommitId commit) throws StateException {
        return graph.contains(head.commit(), commit);
    }

    /** Does something while the head stays where it is. */
    <T> T whileStill(Access<T> access) throws IOException, StateException {
        lock.lock();
        try {
            requireOpen();
            return access.get();
        } finally {
            lock.unlock();
        }
    }

    /** What reads or writes the disk. */
    interface Access<T> {
        /** Does it. */
        T get() throws IOException, StateException;
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

    private Optional<GitSnapshot> write(GitSnapshot before, Edit edit, ObjectBatch batch)
            throws IOException, StateException {
        PersonIdent author = CommitAuthors.toGit(edit.author(), settings.node(), clock.instant());
        return writer.write(before, edit, new Signature(author, author, Optional.empty()), batch);
    }

    private Optional<GitSnapshot> joined(GitSnapshot before, CommitId other) throws IOException, StateException {
        Optional<RevCommit> target = joining.join(before.commit(), other);
        return target.isEmpty() ? Optional.empty() : Optional.of(snapshot(target.get()));
    }

    private Optional<GitSnapshot> accepted(GitSnapshot before, Proposal proposal, ObjectBatch batch)
            throws IOException, StateException {
        if (graph.contains(before.commit(), proposal.id())) {
            return Optional.empty();
        }
        GitSnapshot last = joined(before, proposal.parent()).orElse(before);
        Edit edit = proposal.edit();
        if (last.commit().equals(proposal.parent())) {
            writer.check(last, edit, batch);
            return Optional.of(last.next(proposal.commit(), proposal.commit().getTree(), edit.targets()));
        }
        writer.refuseTouched(last, edit, history.touched(graph.beyond(last.commit(), proposal.parent())));
        Signature signature = new Signature(
                proposal.commit().getAuthorIdent(),
                CommitAuthors.appender(settings.node(), clock.instant()),
                Optional.of(proposal.commit()));
        // also if it alters nothing: somebody was told that it is part of the history
        return writer.write(last, edit.onAny(), signature, batch);
    }

    private GitSnapshot onTop(GitSnapshot before, Proposal proposal, ObjectBatch batch)
            throws IOException, StateException {
        writer.check(before, proposal.edit(), batch);
        return before.next(
                proposal.commit(), proposal.commit().getTree(), proposal.edit().targets());
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
            requireOpen();
            return advanceLocked(step);
        } catch (IOException e) {
            throw DiskFailures.explain(WRITE, store.directory(), e);
        } finally {
            lock.unlock();
        }
    }

    private void requireOpen() throws StateException {
        if (closed) {
            throw new StateException(Reason.IO, "The state repository is closed; the node is stopping", null);
        }
    }

    private Optional<CommitId> advanceLocked(Step step) throws IOException, StateException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            GitSnapshot before = head;
            Optional<GitSnapshot> next = step.after(before);
            if (next.isEmpty()) {
                return Optional.empty();
            }
            requireContents(before, next.get());
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

    /** Refuses what compaction took away after somebody had seen that it was there. */
    private void requireContents(GitSnapshot before, GitSnapshot after) throws IOException, StateException {
        try (ObjectReader reader = store.reader();
                TreeWalk walk = new TreeWalk(reader)) {
            walk.addTree(before.tree());
            walk.addTree(after.tree());
            walk.setFilter(TreeFilter.ANY_DIFF);
            walk.setRecursive(true);
            while (walk.next()) {
                ObjectId content = walk.getObjectId(1);
                if (!content.equals(ObjectId.zeroId()) && !reader.has(content)) {
                    throw StateRefusals.incomplete(after.commit(), content.name(), null);
                }
            }
        }
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
