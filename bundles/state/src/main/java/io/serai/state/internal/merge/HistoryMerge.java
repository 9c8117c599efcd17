package io.serai.state.internal.merge;

import io.serai.api.state.BlobId;
import io.serai.api.state.CommitId;
import io.serai.api.state.StateException;
import io.serai.api.state.StatePath;
import io.serai.state.internal.merge.FileMerge.Side;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/** Merges the files of two commits against those of the newest commits that they have in common. */
public final class HistoryMerge {
    private static final Comparator<CommitId> BY_ID = Comparator.comparing(CommitId::value);

    private final CommitGraph graph;

    /**
     * What comes of a merge.
     *
     * @param parents the two commits, in the order of their ids
     * @param files all files there are
     * @param conflicts what was put aside, by path
     */
    public record Merged(List<CommitId> parents, SortedMap<StatePath, BlobId> files, List<PathConflict> conflicts) {}

    /** Files that one or several commits stand for. */
    private record Content(List<CommitId> commits, Map<StatePath, BlobId> files) {}

    /** Makes it for the commits of a graph. */
    public HistoryMerge(CommitGraph graph) {
        this.graph = graph;
    }

    /** Merges two commits, of which neither is in the history of the other. */
    public Merged merge(CommitId one, CommitId other) throws StateException {
        List<CommitId> parents = Stream.of(one, other).sorted(BY_ID).toList();
        FileMerge.Result result = merge(content(parents.get(0)), content(parents.get(1)));
        return new Merged(parents, result.files(), result.conflicts());
    }

    private Content content(CommitId commit) throws StateException {
        return new Content(List.of(commit), graph.files(commit));
    }

    private FileMerge.Result merge(Content first, Content second) throws StateException {
        Content base = base(first, second);
        return FileMerge.merge(
                base.files(),
                first.files(),
                second.files(),
                (side, path) -> lastTouch(side == Side.FIRST ? first : second, path));
    }

    /** Returns what two contents have in common; where that is several commits, they are merged in turn. */
    private Content base(Content first, Content second) throws StateException {
        List<CommitId> bases = new ArrayList<>();
        for (CommitId one : first.commits()) {
            for (CommitId other : second.commits()) {
                graph.mergeBases(one, other).stream()
                        .filter(base -> !bases.contains(base))
                        .forEach(bases::add);
            }
        }
        bases.sort(BY_ID);
        Content merged = new Content(List.of(), Map.of());
        for (CommitId base : bases) {
            Content next = content(base);
            if (merged.commits().isEmpty()) {
                merged = next;
            } else {
                List<CommitId> commits = Stream.concat(merged.commits().stream(), Stream.of(base))
                        .toList();
                merged = new Content(commits, merge(merged, next).files());
            }
        }
        return merged;
    }

    /** Returns the commit that gave a file the content it has: goes back as long as a parent has it too. */
    private Touch lastTouch(Content content, StatePath path) throws StateException {
        Optional<BlobId> blob = Optional.ofNullable(content.files().get(path));
        CommitId commit =
                having(content.commits(), path, blob).orElse(content.commits().get(0));
        Optional<CommitId> before = having(graph.parents(commit), path, blob);
        while (before.isPresent()) {
            commit = before.get();
            before = having(graph.parents(commit), path, blob);
        }
        return graph.touch(commit);
    }

    private Optional<CommitId> having(List<CommitId> commits, StatePath path, Optional<BlobId> blob)
            throws StateException {
        for (CommitId commit : commits) {
            if (graph.file(commit, path).equals(blob)) {
                return Optional.of(commit);
            }
        }
        return Optional.empty();
    }
}
