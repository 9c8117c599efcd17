package io.serai.cluster.internal.simulation;

import io.serai.api.state.Author;
import io.serai.api.state.BlobId;
import io.serai.api.state.Change;
import io.serai.api.state.ChangeForwarder;
import io.serai.api.state.CommitId;
import io.serai.api.state.MergeConflict;
import io.serai.api.state.Pace;
import io.serai.api.state.PathDifference;
import io.serai.api.state.Revision;
import io.serai.api.state.Snapshot;
import io.serai.api.state.StateException;
import io.serai.api.state.StateException.Reason;
import io.serai.api.state.StatePath;
import io.serai.api.state.StateReplica;
import io.serai.api.state.StateRepository;
import io.serai.cluster.internal.simulation.Commits.Commit;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The state of one node as replication sees it: which commits and large contents it has. What files become of a merge is
 * simulated in bundle state.
 */
final class ModelState implements StateRepository, StateReplica {
    /** The bytes of each large content. */
    static final int LARGE = 1_000;

    private static final int PART = 300;

    private final Commits all;
    private final Set<CommitId> here = new HashSet<>();
    private final Set<BlobId> contents = new HashSet<>();
    private final Map<BlobId, Long> received = new HashMap<>();
    private CommitId head;

    ModelState(Commits all) {
        this.all = all;
        this.head = all.first();
        here.add(head);
    }

    /** Has somebody change a file here, as the repository does it; returns whether that was accepted. */
    boolean change(Commit proposal, ChangeForwarder forwarder) throws StateException {
        here.add(proposal.id());
        proposal.large().ifPresent(contents::add);
        try {
            boolean done =
                    forwarder.forwards() && forwarder.forward(proposal.id()).isPresent();
            if (!done) {
                accept(proposal.id());
            }
            return true;
        } catch (StateException e) {
            if (e.reason() == Reason.CONFLICT) {
                return false;
            }
            throw e;
        }
    }

    CommitId at() {
        return head;
    }

    @Override
    public Snapshot head() {
        CommitId now = head;
        return (Snapshot) Proxy.newProxyInstance(
                Snapshot.class.getClassLoader(), new Class<?>[] {Snapshot.class}, (proxy, method, arguments) -> now);
    }

    @Override
    public List<Revision> log(Optional<StatePath> path, int limit) {
        return all.history(head).stream()
                .sorted((one, other) -> all.number(other) - all.number(one))
                .limit(limit)
                .map(id -> new Revision(id, List.of(), new Author("sim", "node"), Instant.EPOCH, "A change"))
                .toList();
    }

    @Override
    public boolean has(CommitId commit) {
        return here.contains(commit);
    }

    @Override
    public void write(CommitId commit, Set<CommitId> known, OutputStream pack) throws StateException, IOException {
        Set<CommitId> lacking = new LinkedHashSet<>(all.history(commit));
        requireAll(lacking);
        known.stream().filter(here::contains).map(all::history).forEach(lacking::removeAll);
        for (CommitId each : lacking) {
            pack.write((each.value() + "\n").getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Override
    public void read(InputStream pack) throws StateException {
        try {
            new String(pack.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .map(CommitId::new)
                    .forEach(here::add);
        } catch (IOException e) {
            throw new StateException(Reason.INVALID, "Not a whole pack", e);
        }
    }

    @Override
    public Set<BlobId> missing(CommitId commit) throws StateException {
        requireAll(all.history(commit));
        Set<BlobId> missing = new LinkedHashSet<>();
        for (CommitId each : all.history(commit)) {
            all.commit(each).large().filter(blob -> !contents.contains(blob)).ifPresent(missing::add);
        }
        return missing;
    }

    private void requireAll(Set<CommitId> commits) throws StateException {
        if (!here.containsAll(commits)) {
            throw new StateException(Reason.NOT_FOUND, "Some of the history is not here", null);
        }
    }

    @Override
    public long size(BlobId content) throws StateException {
        if (!contents.contains(content)) {
            throw new StateException(Reason.NOT_FOUND, "Content " + content + " is not here", null);
        }
        return LARGE;
    }

    @Override
    public byte[] read(BlobId content, long offset, int length) throws StateException {
        return new byte[(int) Math.min(PART, size(content) - offset)];
    }

    @Override
    public long received(BlobId content) {
        return contents.contains(content) ? LARGE : received.getOrDefault(content, 0L);
    }

    @Override
    public long receive(BlobId content, long size, long offset, byte[] part) throws StateException {
        if (offset > received(content)) {
            throw new StateException(Reason.INVALID, "There is a gap", null);
        }
        long now = Math.max(received(content), offset + part.length);
        received.put(content, now);
        if (now == size) {
            contents.add(content);
        }
        return now;
    }

    @Override
    public CommitId include(CommitId commit) throws StateException {
        if (!all.contains(head, commit)) {
            if (!missing(commit).isEmpty()) {
                throw new StateException(Reason.NOT_FOUND, "Some contents are not here", null);
            }
            move(all.contains(commit, head) ? commit : all.merge(head, commit));
        }
        return head;
    }

    @Override
    public CommitId follow(CommitId commit) throws StateException {
        requireAll(all.history(commit));
        return all.history(commit).contains(head) ? include(commit) : head;
    }

    @Override
    public CommitId accept(CommitId proposal) throws StateException {
        if (!all.contains(head, proposal)) {
            if (!missing(proposal).isEmpty()) {
                throw new StateException(Reason.NOT_FOUND, "Some contents are not here", null);
            }
            CommitId parent = all.commit(proposal).parents().get(0);
            include(parent);
            if (head.equals(parent)) {
                move(proposal);
            } else if (all.touchedBeyond(head, parent, proposal)) {
                throw new StateException(Reason.CONFLICT, "Somebody has touched the file since", null);
            } else {
                move(all.append(head, proposal));
            }
        }
        return head;
    }

    private void move(CommitId to) {
        here.add(to);
        head = to;
    }

    @Override
    public Snapshot at(CommitId commit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CommitId resolve(String revision) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CommitId commit(Change change) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void check(Change change) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CommitId restore(CommitId commit, Set<StatePath> paths, Author author, Pace pace) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Revision> log(CommitId before, CommitId after) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CommitId revert(CommitId commit, Author author, Pace pace) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<PathDifference> diff(CommitId before, CommitId after) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String patch(CommitId before, CommitId after, Optional<StatePath> path) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CommitId advance(CommitId tip) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<MergeConflict> conflicts() {
        throw new UnsupportedOperationException();
    }

    @Override
    public CommitId keepWon(MergeConflict conflict, Author author) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CommitId takeLost(MergeConflict conflict, Author author) {
        throw new UnsupportedOperationException();
    }
}
