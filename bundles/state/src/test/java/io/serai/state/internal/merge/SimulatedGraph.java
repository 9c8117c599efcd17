package io.serai.state.internal.merge;

import io.serai.api.state.BlobId;
import io.serai.api.state.CommitId;
import io.serai.api.state.StateException;
import io.serai.api.state.StatePath;
import io.serai.state.internal.merge.HistoryMerge.Merged;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Commits in memory, shared by all simulated nodes: what a node does not have, it just does not use. */
final class SimulatedGraph implements CommitGraph {
    private final Map<CommitId, Node> nodes = new HashMap<>();
    private final List<CommitId> order = new ArrayList<>();
    final CommitId first = add(List.of(), new TreeMap<>(), 0, List.of());

    /** A commit; {@code history} has the places in the order of all it contains, itself included. */
    private record Node(
            List<CommitId> parents,
            SortedMap<StatePath, BlobId> files,
            long seconds,
            BitSet history,
            List<PathConflict> conflicts) {}

    private CommitId add(
            List<CommitId> parents, SortedMap<StatePath, BlobId> files, long seconds, List<PathConflict> conflicts) {
        CommitId id =
                new CommitId(String.format("%016x%024x", mix(parents, files, seconds), mix(files, seconds, parents)));
        if (!nodes.containsKey(id)) {
            BitSet history = new BitSet();
            parents.forEach(parent -> history.or(node(parent).history()));
            history.set(order.size());
            order.add(id);
            nodes.put(id, new Node(parents, files, seconds, history, conflicts));
        }
        return id;
    }

    /** Spreads what makes a commit over its id, so that ids have no order that means anything. */
    private static long mix(Object... parts) {
        long mixed = 1;
        for (Object part : parts) {
            mixed = (mixed ^ part.toString().hashCode()) * 0x9E3779B97F4A7C15L;
            mixed ^= mixed >>> 29;
        }
        return mixed & Long.MAX_VALUE;
    }

    private Node node(CommitId commit) {
        return Optional.ofNullable(nodes.get(commit)).orElseThrow();
    }

    /** Returns the commit that puts or removes a file after another one. */
    CommitId commit(CommitId before, long seconds, StatePath path, Optional<BlobId> blob) {
        SortedMap<StatePath, BlobId> files = new TreeMap<>(node(before).files());
        blob.ifPresentOrElse(id -> files.put(path, id), () -> files.remove(path));
        return add(List.of(before), files, seconds, List.of());
    }

    /** Returns the head of a node after it has included a commit. */
    CommitId include(CommitId head, CommitId other) throws StateException {
        if (contains(head, other)) {
            return head;
        }
        if (contains(other, head)) {
            return other;
        }
        Merged merged = HistoryMerge.merge(this, head, other);
        long seconds = Math.max(node(head).seconds(), node(other).seconds());
        return add(merged.parents(), merged.files(), seconds, merged.conflicts());
    }

    /** Returns the head of a node after it has accepted a proposal; empty if it refuses it. */
    Optional<CommitId> accept(CommitId head, CommitId proposal, StatePath path) throws StateException {
        if (contains(head, proposal)) {
            return Optional.of(head);
        }
        CommitId parent = parents(proposal).get(0);
        CommitId last = include(head, parent);
        Optional<BlobId> target = file(proposal, path);
        if (last.equals(parent)) {
            return Optional.of(proposal);
        }
        boolean done = file(last, path).equals(target);
        for (CommitId other : beyond(last, parent)) {
            if (!done && FileHistory.touches(this, other, path)) {
                return Optional.empty();
            }
        }
        SortedMap<StatePath, BlobId> files = new TreeMap<>(files(last));
        target.ifPresentOrElse(blob -> files.put(path, blob), () -> files.remove(path));
        return TwinNames.find(files.keySet()).isPresent()
                ? Optional.empty()
                : Optional.of(add(List.of(last, proposal), files, node(last).seconds(), List.of()));
    }

    @Override
    public boolean contains(CommitId head, CommitId commit) {
        return node(head).history().get(order.indexOf(commit));
    }

    /** Returns whether a merge in the history of a commit has put this content of a file aside; empty for its removal. */
    boolean lists(CommitId head, StatePath path, Optional<BlobId> lost) {
        return node(head).history().stream()
                .mapToObj(place -> node(order.get(place)))
                .flatMap(each -> each.conflicts().stream())
                .anyMatch(conflict -> conflict.path().equals(path)
                        && file(conflict.lost().commit(), path).equals(lost));
    }

    @Override
    public List<CommitId> parents(CommitId commit) {
        return node(commit).parents();
    }

    @Override
    public Set<CommitId> beyond(CommitId commit, CommitId other) {
        BitSet beyond = (BitSet) node(commit).history().clone();
        beyond.andNot(node(other).history());
        return beyond.stream().mapToObj(order::get).collect(Collectors.toSet());
    }

    @Override
    public SortedMap<StatePath, BlobId> files(CommitId commit) {
        return node(commit).files();
    }

    @Override
    public Optional<BlobId> file(CommitId commit, StatePath path) {
        return Optional.ofNullable(node(commit).files().get(path));
    }

    @Override
    public Touch touch(CommitId commit) {
        return new Touch(commit, Instant.ofEpochSecond(node(commit).seconds()));
    }
}
