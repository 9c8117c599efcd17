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

    private static final class Request {
        final CommitId commit;
        final List<StatePath> paths;
        final CompletableFuture<List<Verdict>> answer;
        boolean applied;

        Request(CommitId commit, Collection<StatePath> paths, CompletableFuture<List<Verdict>> answer) {
            this.commit = commit;
            this.paths = List.copyOf(paths);
            this.answer = answer;
        }
    }

    Awaited(StateRepository repository, VerdictBook book, Clock clock) {
        this.repository = repository;
        this.book = book;
        this.clock = clock;
    }

    void add(CommitId commit, Collection<StatePath> paths, CompletableFuture<List<Verdict>> answer) {
        added.add(new Request(commit, paths, answer));
    }

    /** Takes note that a head was applied. */
    void passed(CommitId head) {
        requests.addAll(added);
        added.clear();
        for (Request request : requests) {
            request.applied = request.applied || isPart(request.commit, head);
        }
    }

    // a commit may be in the repository for a moment before the head comes to it
    private boolean isPart(CommitId commit, CommitId head) {
        try {
            return commit.equals(head) || repository.log(head, commit).isEmpty();
        } catch (StateException e) {
            return false; // it has not come yet
        }
    }

    /** Answers those whose commit is applied and whose verdicts are settled. */
    void answer() {
        requests.removeIf(request -> request.answer.isDone() || answered(request));
    }

    void cancel() {
        added.forEach(request -> request.answer.cancel(false));
        added.clear();
        requests.forEach(request -> request.answer.cancel(false));
        requests.clear();
    }

    private boolean answered(Request request) {
        if (!request.applied) {
            return false;
        }
        List<Verdict> verdicts = request.paths.stream().map(this::verdict).toList();
        return verdicts.stream().allMatch(Verdict::settled) && request.answer.complete(verdicts);
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
