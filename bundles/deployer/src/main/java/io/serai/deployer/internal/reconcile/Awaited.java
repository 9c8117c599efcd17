package io.serai.deployer.internal.reconcile;

import io.serai.api.deploy.Verdict;
import io.serai.api.deploy.Verdict.State;
import io.serai.api.state.CommitId;
import io.serai.api.state.StateException;
import io.serai.api.state.StatePath;
import io.serai.api.state.StateRepository;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Those who wait for verdicts. Used by the reconciler's thread only. */
final class Awaited {
    private final StateRepository repository;
    private final VerdictBook book;
    private final Clock clock;
    private final List<Request> added = new ArrayList<>();
    private final List<Request> requests = new ArrayList<>();

    private record Request(CommitId commit, List<StatePath> paths, CompletableFuture<List<Verdict>> answer) {}

    Awaited(StateRepository repository, VerdictBook book, Clock clock) {
        this.repository = repository;
        this.book = book;
        this.clock = clock;
    }

    void add(CommitId commit, Collection<StatePath> paths, CompletableFuture<List<Verdict>> answer) {
        added.add(new Request(commit, List.copyOf(paths), answer));
    }

    /** Takes note that a head was applied: any commit that the repository had when a request came is part of it. */
    void passed() {
        requests.addAll(added);
        added.clear();
    }

    /** Answers those whose commit is applied and whose verdicts are settled. */
    void answer() {
        requests.removeIf(request -> request.answer().isDone() || answered(request));
    }

    void cancel() {
        passed();
        requests.forEach(request -> request.answer().cancel(false));
        requests.clear();
    }

    private boolean answered(Request request) {
        if (!known(request.commit())) {
            return false;
        }
        List<Verdict> verdicts = request.paths().stream().map(this::verdict).toList();
        return verdicts.stream().allMatch(Verdict::settled) && request.answer().complete(verdicts);
    }

    private boolean known(CommitId commit) {
        try {
            return repository.at(commit).commit().equals(commit);
        } catch (StateException e) {
            return false;
        }
    }

    private Verdict verdict(StatePath path) {
        return book.find(path)
                .orElseGet(() -> new Verdict(
                        path,
                        State.REMOVED,
                        "is not part of the state",
                        "",
                        Optional.empty(),
                        Optional.empty(),
                        clock.instant()));
    }
}
