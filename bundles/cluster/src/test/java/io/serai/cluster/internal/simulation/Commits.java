package io.serai.cluster.internal.simulation;

import io.serai.api.state.BlobId;
import io.serai.api.state.CommitId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** All commits of a simulation; which node has which, the nodes know. */
final class Commits {
    private static final int NO_FILE = -1;

    private final Map<CommitId, Commit> commits = new HashMap<>();
    private final Map<CommitId, Set<CommitId>> histories = new HashMap<>();
    private final List<CommitId> order = new ArrayList<>();
    private final Map<List<Object>, CommitId> made = new HashMap<>();
    private final CommitId first = add(List.of("first"), List.of(), NO_FILE, Optional.empty());

    /**
     * A commit.
     *
     * @param file the number of the one it changes
     * @param large the content of that, if it is large
     */
    record Commit(CommitId id, List<CommitId> parents, int file, Optional<BlobId> large) {}

    CommitId first() {
        return first;
    }

    /** Has somebody change a file. */
    Commit change(CommitId parent, int file, boolean large) {
        int number = order.size();
        Optional<BlobId> content = large ? Optional.of(new BlobId(String.format("%040x", number))) : Optional.empty();
        return commit(add(List.of("change", number), List.of(parent), file, content));
    }

    /** Merges two heads; on any node alike. */
    CommitId merge(CommitId one, CommitId other) {
        List<CommitId> parents = Stream.of(one, other)
                .sorted(Comparator.comparing(CommitId::value))
                .toList();
        return add(List.of("merge", parents), parents, NO_FILE, Optional.empty());
    }

    /** Puts a proposal on top of a head that has gone on. */
    CommitId append(CommitId head, CommitId proposal) {
        List<CommitId> parents = List.of(head, proposal);
        return add(List.of("append", parents), parents, commit(proposal).file(), Optional.empty());
    }

    private CommitId add(List<Object> name, List<CommitId> parents, int file, Optional<BlobId> large) {
        return made.computeIfAbsent(name, any -> {
            CommitId id = new CommitId(String.format("%08x%032x", name.hashCode(), order.size()));
            Set<CommitId> history = new LinkedHashSet<>(Set.of(id));
            parents.forEach(parent -> history.addAll(history(parent)));
            order.add(id);
            histories.put(id, history);
            commits.put(id, new Commit(id, parents, file, large));
            return id;
        });
    }

    Commit commit(CommitId id) {
        return Optional.ofNullable(commits.get(id)).orElseThrow();
    }

    /** Returns a commit and all before it. */
    Set<CommitId> history(CommitId id) {
        return Optional.ofNullable(histories.get(id)).orElseThrow();
    }

    boolean contains(CommitId head, CommitId commit) {
        return history(head).contains(commit);
    }

    /** Returns when a commit was made: the how many-th it was. */
    int number(CommitId id) {
        return order.indexOf(id);
    }

    /** Returns how many there are. */
    int count() {
        return order.size();
    }

    /** Returns whether the file of a proposal was changed in a history, but for what came before. */
    boolean touchedBeyond(CommitId head, CommitId before, CommitId proposal) {
        return history(head).stream()
                .filter(commit -> !contains(before, commit))
                .anyMatch(commit -> commit(commit).file() == commit(proposal).file());
    }
}
