package io.serai.shell.internal;

import io.serai.api.deploy.DeploymentService;
import io.serai.api.deploy.Verdict;
import io.serai.api.state.CommitId;
import io.serai.api.state.StatePath;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Gives the verdicts a test sets, at once, or never. */
final class FakeDeployments implements DeploymentService {
    static final Instant SINCE = Instant.parse("2026-03-01T12:00:05.250Z");

    private final SortedMap<StatePath, Verdict> verdicts = new TreeMap<>();
    boolean stuck;
    Collection<StatePath> awaited = List.of();

    void set(String path, Verdict.State state, String message, String detail) {
        StatePath key = new StatePath(path);
        var blob = Optional.of(MemoryState.blob(path.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        boolean serves = state == Verdict.State.ACTIVE;
        verdicts.put(key, new Verdict(key, state, message, detail, blob, serves ? blob : Optional.empty(), SINCE));
    }

    @Override
    public List<Verdict> verdicts() {
        return List.copyOf(verdicts.values());
    }

    @Override
    public Optional<Verdict> verdict(StatePath path) {
        return Optional.ofNullable(verdicts.get(path));
    }

    @Override
    public Optional<CommitId> applied() {
        return Optional.empty();
    }

    @Override
    public CompletableFuture<List<Verdict>> await(CommitId commit, Collection<StatePath> paths) {
        awaited = paths;
        return stuck
                ? new CompletableFuture<>()
                : CompletableFuture.completedFuture(
                        paths.stream().flatMap(path -> verdict(path).stream()).toList());
    }
}
