package io.serai.state.internal.merge;

import io.serai.api.state.BlobId;
import io.serai.api.state.CommitId;
import io.serai.api.state.StateException;
import io.serai.api.state.StatePath;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What was done to one file in the histories of some commits, as far as nobody who had seen it has done anything else since. */
final class FileHistory {
    private static final Comparator<State> CHANGES_BEFORE_REMOVALS = Comparator.<State, Boolean>comparing(
                    state -> state.content().isPresent())
            .thenComparing(State::touch);

    private final List<State> newest;

    /**
     * What one commit made of the file.
     *
     * @param content empty if it removed it
     */
    record State(Touch touch, Optional<BlobId> content) {}

    private FileHistory(List<State> newest) {
        this.newest = newest;
    }

    /** Looks for it. Goes back to the newest commits that touched the file, no further. */
    static FileHistory of(CommitGraph graph, StatePath path, Collection<CommitId> heads) throws StateException {
        Set<CommitId> touching = touching(graph, path, heads);
        List<State> newest = new ArrayList<>();
        for (CommitId commit : touching) {
            if (!isSeenByOther(graph, commit, touching)) {
                newest.add(new State(graph.touch(commit), graph.file(commit, path)));
            }
        }
        return new FileHistory(newest);
    }

    private static Set<CommitId> touching(CommitGraph graph, StatePath path, Collection<CommitId> heads)
            throws StateException {
        Set<CommitId> touching = new HashSet<>();
        Set<CommitId> visited = new HashSet<>(heads);
        Deque<CommitId> open = new ArrayDeque<>(visited);
        while (!open.isEmpty()) {
            CommitId commit = open.remove();
            if (touches(graph, commit, path)) {
                touching.add(commit);
            } else {
                graph.parents(commit).stream().filter(visited::add).forEach(open::add);
            }
        }
        return touching;
    }

    /** Returns whether somebody changed or removed a file by a commit; merges only choose. */
    static boolean touches(CommitGraph graph, CommitId commit, StatePath path) throws StateException {
        List<CommitId> parents = graph.parents(commit);
        return parents.size() == 1 && !graph.file(commit, path).equals(graph.file(parents.get(0), path));
    }

    private static boolean isSeenByOther(CommitGraph graph, CommitId commit, Set<CommitId> others)
            throws StateException {
        for (CommitId head : others) {
            if (!head.equals(commit) && graph.contains(head, commit)) {
                return true;
            }
        }
        return false;
    }

    /** Returns what counts: a change rather than a removal, and of these the latest; empty if nobody touched the file. */
    Optional<State> winner() {
        return newest.stream().max(CHANGES_BEFORE_REMOVALS);
    }

    /** Returns what does not count, and made something else of the file than what counts did. */
    List<State> losers() {
        Optional<BlobId> content = winner().flatMap(State::content);
        return newest.stream().filter(state -> !state.content().equals(content)).toList();
    }
}
