package io.serai.state.internal;

import io.serai.api.state.Author;
import io.serai.api.state.BlobId;
import io.serai.api.state.Change;
import io.serai.api.state.ChangeForwarder;
import io.serai.api.state.CommitId;
import io.serai.api.state.Content;
import io.serai.api.state.StateException;
import io.serai.api.state.StatePath;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A process of its own that uses a repository; it is told by its arguments what to do, and says what came of it. */
public final class StateProcess {
    private static final Author AUTHOR = new Author("child", "node");

    private final Path directory;
    private final GitStateRepository repository;

    private StateProcess(Path directory) throws StateException {
        Clock clock = Clock.fixed(RepositoryFixture.NOW, ZoneOffset.UTC);
        this.directory = directory;
        this.repository = new GitStateRepository(RepositoryFixture.settings(directory), clock, 10);
    }

    public static void main(String[] arguments) throws Exception {
        StateProcess process = new StateProcess(Path.of(arguments[1]));
        switch (arguments[0]) {
            case "commit-forever" -> process.commitForever();
            case "compact-forever" -> process.compactForever();
            case "commit" -> say(process.put("deploy/\u0131I.txt", RepositoryFixture.text("\u0131")));
            case "hold" -> {
                say("open");
                System.in.read();
            }
            case "forward" -> process.forward();
            case "stream" -> process.stream();
            case "fail" -> process.fail(arguments[2], arguments[3]);
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private void commitForever() throws StateException {
        for (int i = repository.head().files().size(); ; i++) {
            Map<StatePath, Content> puts = new HashMap<>();
            for (int j = 0; j < (i % 3 == 0 ? 40 : 1); j++) {
                puts.put(new StatePath("deploy/" + i + "/" + j + ".txt"), new Noise(i * 100L + j));
            }
            say(repository.commit(Change.of(puts, Set.of(), AUTHOR, "Put " + i)));
        }
    }

    /** Puts versions that nothing keeps for long, and drops them while more are put. */
    private void compactForever() throws StateException {
        Retention retention = new Retention(Duration.ofDays(1), 1, Duration.ZERO);
        Instant later = RepositoryFixture.NOW.plus(Duration.ofDays(30));
        for (int i = 0; ; i++) {
            CommitId head = put("deploy/" + i % 5 + ".jar", new Noise(10_000L + i));
            if (i % 3 == 0) {
                repository.compactor().compact(retention, later, false);
            }
            say(head);
        }
    }

    private void stream() throws StateException, IOException {
        long size = 2 * Runtime.getRuntime().maxMemory();
        put("deploy/large.kar", new Noise(size));
        Content content =
                repository.head().content(new StatePath("deploy/large.kar")).orElseThrow();
        try (InputStream in = content.open();
                InputStream expected = new Noise(size).open()) {
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (!Arrays.equals(buffer, 0, read, expected.readNBytes(read), 0, read)) {
                    throw new AssertionError("other bytes came out than went in");
                }
            }
        }
        say(content.size() == size ? "streamed" : "cut off");
        replicate();
    }

    /** Brings the head to another repository. */
    private void replicate() throws StateException, IOException {
        CommitId head = repository.head().commit();
        GitStateRepository other = new GitStateRepository(
                RepositoryFixture.settings(directory.resolveSibling("other.git")), Clock.systemUTC(), 10);
        ByteArrayOutputStream pack = new ByteArrayOutputStream();
        repository.write(head, Set.of(), pack);
        other.read(new ByteArrayInputStream(pack.toByteArray()));
        for (BlobId blob : other.missing(head)) {
            long size = repository.size(blob);
            for (long have = other.received(blob); have < size; ) {
                have = other.receive(blob, size, have, repository.read(blob, have, 1 << 20));
            }
        }
        boolean whole = other.include(head).equals(head);
        other.close();
        say(whole ? "replicated" : "incomplete");
    }

    /** Commits, fails to commit after one command was run, and commits again after the other. */
    private void fail(String breaking, String repairing) throws Exception {
        CommitId before = put("deploy/a.txt", new Noise(10));
        run(breaking);
        try {
            put("deploy/b.txt", new Noise(500_000));
            throw new AssertionError("the commit should have failed");
        } catch (StateException e) {
            say(e.reason() + " " + e.getMessage());
        }
        boolean unchanged = repository.head().commit().equals(before)
                && repository.head().files().size() == 1;
        run(repairing);
        put("deploy/b.txt", new Noise(500_000));
        repository.close();
        say(unchanged && RepositoryCheck.commits(directory) == 3 ? "healed" : "damaged");
    }

    /** Is the leader of itself, where somebody else is always faster; then nobody answers. */
    private void forward() throws StateException {
        repository.forwarder = new ChangeForwarder() {
            @Override
            public boolean forwards() {
                return true;
            }

            @Override
            public Optional<CommitId> forward(CommitId proposal) throws StateException {
                repository.forwarder = null;
                put("deploy/faster", new Noise(10));
                return Optional.of(repository.accept(proposal));
            }
        };
        put("deploy/forwarded", new Noise(10));
        repository.forwarder = new ChangeForwarder() {
            @Override
            public boolean forwards() {
                return true;
            }

            @Override
            public Optional<CommitId> forward(CommitId proposal) {
                return Optional.empty();
            }
        };
        put("deploy/unanswered", new Noise(10));
        repository.close();
        say("done");
    }

    private CommitId put(String path, Content content) throws StateException {
        return repository.commit(Change.of(Map.of(new StatePath(path), content), Set.of(), AUTHOR, "Put " + path));
    }

    private static void run(String command) throws IOException, InterruptedException {
        new ProcessBuilder("sh", "-c", command).inheritIO().start().waitFor();
    }

    private static void say(Object line) {
        System.out.println(line);
        System.out.flush();
    }
}
