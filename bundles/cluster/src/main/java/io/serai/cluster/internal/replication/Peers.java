package io.serai.cluster.internal.replication;

import io.serai.api.state.CommitId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Which processes are in reach, and what each said last. Thread-safe. */
public final class Peers {
    private final UUID self;
    private final Map<UUID, Peer> heard = new ConcurrentHashMap<>();
    private volatile List<UUID> view;

    /**
     * What a process said.
     *
     * @param node the node it is
     * @param head the head it has
     */
    public record Peer(UUID node, CommitId head) {}

    /** Makes the list for a process that sees nobody yet. */
    public Peers(UUID self) {
        this.self = self;
        this.view = List.of(self);
    }

    /** Takes note of who is in reach now, the one that leads first. */
    public void see(List<UUID> processes) {
        view = List.copyOf(processes);
        heard.keySet().retainAll(processes);
    }

    /** Takes note of what a process said; it may say it before it is seen. */
    public void hear(UUID process, Peer said) {
        heard.put(process, said);
    }

    /** Returns whether anybody else is in reach. */
    boolean any() {
        return view.size() > 1;
    }

    /** Returns whether another one has said that this is its head. */
    boolean anyAt(CommitId head) {
        return heard.values().stream().anyMatch(peer -> peer.head().equals(head));
    }

    /** Returns the one that leads; empty if that is this process. */
    Optional<UUID> leader() {
        return Optional.of(view.get(0)).filter(first -> !first.equals(self));
    }

    /** Returns what a process said last; empty if it has not said anything. */
    Optional<Peer> peer(UUID process) {
        return Optional.ofNullable(heard.get(process));
    }

    /** Returns who else is in reach: first a given one, then those that have a commit as their head, then all others. */
    List<UUID> othersBy(UUID first, CommitId head) {
        return others().sorted((one, other) -> Integer.compare(rank(one, first, head), rank(other, first, head)))
                .toList();
    }

    private int rank(UUID process, UUID first, CommitId head) {
        if (process.equals(first)) {
            return 0;
        }
        return peer(process).filter(peer -> peer.head().equals(head)).isPresent() ? 1 : 2;
    }

    /** Returns the process of a node, if it is in reach. */
    public Optional<UUID> processOf(UUID node) {
        return view.stream()
                .filter(process ->
                        peer(process).filter(peer -> peer.node().equals(node)).isPresent())
                .findFirst();
    }

    /** Returns the other processes in reach. */
    Stream<UUID> others() {
        return view.stream().filter(process -> !process.equals(self));
    }

    /** Returns the processes in reach, this one included, the one that leads first. */
    public List<UUID> view() {
        return view;
    }

    /** Returns the head a node has said to have. */
    public Optional<CommitId> headOf(UUID node) {
        return processOf(node).flatMap(this::peer).map(Peer::head);
    }
}
