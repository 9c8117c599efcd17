package io.serai.state.internal;

import io.serai.api.state.Author;
import io.serai.api.state.BlobId;
import io.serai.api.state.Change;
import io.serai.api.state.CommitId;
import io.serai.api.state.Content;
import io.serai.api.state.StateException;
import io.serai.api.state.StatePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.rules.ExternalResource;
import org.junit.rules.TemporaryFolder;
import org.junit.rules.TestRule;
import org.junit.runner.Description;
import org.junit.runners.model.Statement;

/** A real repository in a folder of its own, for node1 of the groups cpu and net. */
final class RepositoryFixture implements TestRule {
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final Author ANN = new Author("Ann", "shell");
    static final Author BOB = new Author("Bob O'Neil", "rest");

    private final TemporaryFolder folder = new TemporaryFolder();
    private @Nullable GitStateRepository repository;

    @Override
    public Statement apply(Statement base, Description description) {
        ExternalResource opened = new ExternalResource() {
            @Override
            protected void before() throws StateException {
                open();
            }

            @Override
            protected void after() {
                close();
            }
        };
        return folder.apply(opened.apply(base, description), description);
    }

    static StateSettings settings(Path directory) {
        return new StateSettings(directory, "node1", List.of("cpu", "net"));
    }

    Path directory() {
        return folder.getRoot().toPath().resolve("state.git");
    }

    GitStateRepository repository() {
        return Objects.requireNonNull(repository);
    }

    GitStateRepository open() throws StateException {
        return open(Clock.fixed(NOW, ZoneOffset.UTC), Housekeeping.PACKS);
    }

    GitStateRepository open(Clock clock, int repackAfter) throws StateException {
        GitStateRepository opened = new GitStateRepository(settings(directory()), clock, repackAfter);
        repository = opened;
        return opened;
    }

    GitStateRepository reopen() throws StateException {
        repository().close();
        return open();
    }

    void close() {
        repository().close();
    }

    CommitId put(String path, String text) throws StateException {
        return repository().commit(put(Optional.empty(), ANN, Map.of(path, text)));
    }

    CommitId remove(String path) throws StateException {
        return repository().commit(Change.of(Map.of(), Set.of(new StatePath(path)), ANN, "Remove " + path));
    }

    static Change put(Optional<CommitId> base, Author author, Map<String, String> files) {
        Map<StatePath, Content> puts = new HashMap<>();
        files.forEach((path, text) -> puts.put(new StatePath(path), text(text)));
        return new Change(puts, Set.of(), author, "Put " + String.join(" ", files.keySet()), base);
    }

    static Content text(String text) {
        return Content.of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns all files of the head with their text. */
    Map<String, String> files() {
        return repository().head().files().entrySet().stream()
                .collect(Collectors.toMap(file -> file.getKey().value(), file -> read(file.getValue())));
    }

    /** Returns which content the head has at a path. */
    BlobId blob(String path) {
        return Optional.ofNullable(repository().head().files().get(new StatePath(path)))
                .orElseThrow();
    }

    String read(BlobId blob) {
        try {
            return new String(repository().head().content(blob).bytes(), StandardCharsets.UTF_8);
        } catch (IOException | StateException e) {
            throw new AssertionError("The content of a listed file cannot be read: " + blob, e);
        }
    }
}
