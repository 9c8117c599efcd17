package io.serai.state.internal;

import io.serai.api.state.Author;
import io.serai.api.state.Change;
import io.serai.api.state.CommitId;
import io.serai.api.state.Content;
import io.serai.api.state.StateException;
import io.serai.api.state.StatePath;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.rules.TemporaryFolder;

/** Three nodes with repositories of their own, which are connected when a test says so. */
public abstract class ThreeNodes {
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    final MovingClock clock = new MovingClock();
    final List<GitStateRepository> nodes = new ArrayList<>();

    /** All nodes have the same clock, which moves by a second with each change. */
    static final class MovingClock extends Clock {
        private Instant now = Instant.parse("2026-03-01T12:00:00Z");

        void pass(Duration time) {
            now = now.plus(time);
        }

        void tick() {
            now = now.plus(Duration.ofSeconds(1));
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    @Before
    public void openNodes() throws Exception {
        for (int i = 0; i < 3; i++) {
            nodes.add(open(i));
        }
    }

    @After
    public void closeNodes() {
        nodes.forEach(GitStateRepository::close);
    }

    CommitId put(int node, String path, String text) throws StateException {
        clock.tick();
        Content content = Content.of(text.getBytes(StandardCharsets.UTF_8));
        return nodes.get(node)
                .commit(Change.of(Map.of(new StatePath(path), content), Set.of(), author(node), "Put " + path));
    }

    CommitId remove(int node, String path) throws StateException {
        clock.tick();
        return nodes.get(node).commit(Change.of(Map.of(), Set.of(new StatePath(path)), author(node), "Remove " + path));
    }

    static Author author(int node) {
        return new Author("user" + node, "shell");
    }

    byte[] pack(int from, CommitId... known) throws StateException, IOException {
        ByteArrayOutputStream pack = new ByteArrayOutputStream();
        nodes.get(from).write(head(from), Set.of(known), pack);
        return pack.toByteArray();
    }

    CommitId head(int node) {
        return nodes.get(node).head().commit();
    }

    /** Has a node take in what another one has. */
    CommitId pull(int from, int to) throws StateException, IOException {
        CommitId commit = head(from);
        if (!nodes.get(to).has(commit)) {
            send(from, to, commit);
        }
        return nodes.get(to).include(commit);
    }

    void send(int from, int to, CommitId commit) throws StateException, IOException {
        ByteArrayOutputStream pack = new ByteArrayOutputStream();
        nodes.get(from).write(commit, Set.of(head(to)), pack);
        nodes.get(to).read(new ByteArrayInputStream(pack.toByteArray()));
    }

    String text(int node, StatePath path) throws StateException, IOException {
        return new String(nodes.get(node).head().content(path).orElseThrow().bytes(), StandardCharsets.UTF_8);
    }

    /** What a test does to the repository of a node beside that node. */
    interface Deed<T> {
        /** Does it. */
        T in(GitStore store) throws Exception;
    }

    /** Does something to a repository while its node does not run. */
    <T> T inRepository(int node, Deed<T> deed) throws Exception {
        nodes.get(node).close();
        try (GitStore store = GitStore.open(directory(node), clock.instant())) {
            return deed.in(store);
        } finally {
            nodes.set(node, open(node));
        }
    }

    void reopen(int node) throws StateException {
        nodes.get(node).close();
        nodes.set(node, open(node));
    }

    Path directory(int node) {
        return folder.getRoot().toPath().resolve("node" + (node + 1));
    }

    GitStateRepository open(int node) throws StateException {
        return new GitStateRepository(
                new StateSettings(directory(node), "node" + (node + 1), List.of()), clock, Housekeeping.PACKS);
    }
}
