package io.serai.state.internal.merge;

import io.serai.api.state.BlobId;
import io.serai.api.state.CommitId;
import io.serai.api.state.StateException;
import io.serai.api.state.StatePath;
import io.serai.state.internal.merge.FileHistory.State;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Merges the files of two commits, path by path. Who has seen what was made of a file, and has made something else of it, is
 * right; where two have not seen each other, the later change counts, and a change rather than a removal, so that no
 * deployment is lost. What the two had in common is not asked: it cannot tell a file that nobody touched from one that was
 * set back to what it was. It depends on nothing but the two histories: nodes that merge the same ones get the same files.
 */
public final class HistoryMerge {
    private final CommitGraph graph;
    private final List<CommitId> heads;
    private final SortedMap<StatePath, BlobId> merged = new TreeMap<>();
    private final List<PathConflict> conflicts = new ArrayList<>();

    /**
     * What comes of a merge.
     *
     * @param parents the two commits, in the order of their ids
     * @param files all files there are
     * @param conflicts what was put aside, by path
     */
    public record Merged(List<CommitId> parents, SortedMap<StatePath, BlobId> files, List<PathConflict> conflicts) {}

    /** What one of the two has done that the other has not seen, and the files it has. */
    private record Side(CommitGraph graph, Set<CommitId> unseen, Map<StatePath, BlobId> files) {
        static Side of(CommitGraph graph, CommitId head, CommitId other) throws StateException {
            return new Side(graph, graph.beyond(head, other), graph.files(head));
        }

        boolean touched(StatePath path) throws StateException {
            for (CommitId commit : unseen) {
                if (FileHistory.touches(graph, commit, path)) {
                    return true;
                }
            }
            return false;
        }

        Optional<BlobId> file(StatePath path) {
            return Optional.ofNullable(files.get(path));
        }
    }

    private HistoryMerge(CommitGraph graph, List<CommitId> heads) {
        this.graph = graph;
        this.heads = heads;
    }

    /** Merges two commits, of which neither is in the history of the other. */
    public static Merged merge(CommitGraph graph, CommitId one, CommitId other) throws StateException {
        List<CommitId> parents = Stream.of(one, other)
                .sorted(Comparator.comparing(CommitId::value))
                .toList();
        HistoryMerge merge = new HistoryMerge(graph, parents);
        merge.run(Side.of(graph, parents.get(0), parents.get(1)), Side.of(graph, parents.get(1), parents.get(0)));
        return new Merged(parents, Collections.unmodifiableSortedMap(merge.merged), List.copyOf(merge.conflicts));
    }

    private void run(Side first, Side second) throws StateException {
        SortedSet<StatePath> paths = new TreeSet<>(first.files().keySet());
        paths.addAll(second.files().keySet());
        for (StatePath path : paths) {
            choose(path, first, second).ifPresent(blob -> merged.put(path, blob));
        }
        separateTwins();
        conflicts.sort(Comparator.comparing(PathConflict::path)
                .thenComparing(conflict -> conflict.lost().commit().value()));
    }

    private Optional<BlobId> choose(StatePath path, Side first, Side second) throws StateException {
        if (first.file(path).equals(second.file(path))) {
            return first.file(path);
        }
        boolean byFirst = first.touched(path);
        boolean bySecond = second.touched(path);
        if (byFirst && bySecond) {
            return settle(path);
        }
        if (byFirst || bySecond) {
            return (byFirst ? first : second).file(path);
        }
        // nobody did: a merge took it away on one side, because its name could not stay
        return Optional.empty();
    }

    private Optional<BlobId> settle(StatePath path) throws StateException {
        FileHistory history = FileHistory.of(graph, path, heads);
        State winner = history.winner().orElseThrow();
        for (State loser : history.losers()) {
            if (meetHere(winner, loser)) {
                conflicts.add(new PathConflict(path, winner.touch(), loser.touch()));
            }
        }
        return winner.content();
    }

    /** Returns whether two states are not in one history already, whose merge would have told of them. */
    private boolean meetHere(State one, State other) throws StateException {
        for (CommitId head : heads) {
            if (graph.contains(head, one.touch().commit())
                    && graph.contains(head, other.touch().commit())) {
                return false;
            }
        }
        return true;
    }

    /** Takes away files whose names cannot stand beside others, which the two sides could each add for itself. */
    private void separateTwins() throws StateException {
        Optional<TwinNames.Pair> pair = TwinNames.find(merged.keySet());
        while (pair.isPresent()) {
            Touch one = touch(pair.get().one());
            Touch other = touch(pair.get().other());
            boolean oneLoses = one.compareTo(other) < 0;
            StatePath loser = oneLoses ? pair.get().one() : pair.get().other();
            merged.remove(loser);
            conflicts.add(new PathConflict(loser, oneLoses ? other : one, oneLoses ? one : other));
            pair = TwinNames.find(merged.keySet());
        }
    }

    private Touch touch(StatePath path) throws StateException {
        return FileHistory.of(graph, path, heads).winner().orElseThrow().touch();
    }
}
