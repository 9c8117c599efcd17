package io.serai.shell.internal;

import io.serai.api.state.Author;
import io.serai.api.state.BlobId;
import io.serai.api.state.Change;
import io.serai.api.state.CommitId;
import io.serai.api.state.Content;
import io.serai.api.state.Entry;
import io.serai.api.state.Pace;
import io.serai.api.state.PathDifference;
import io.serai.api.state.Revision;
import io.serai.api.state.Snapshot;
import io.serai.api.state.StateException;
import io.serai.api.state.StatePath;
import io.serai.api.state.StateRepository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** A straight history in memory; commit n has the id of n in hexadecimal digits, a blob that of its bytes' hash. */
final class MemoryState implements StateRepository {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private final List<MemorySnapshot> commits = new ArrayList<>();
    private final List<Revision> revisions = new ArrayList<>();

    MemoryState() {
        append(new TreeMap<>(), new Author("node1", "node"), "Begin");
    }

    /** Commits files, each given by its path and text. */
    CommitId put(String message, String... pathsAndTexts) {
        SortedMap<StatePath, byte[]> files = new TreeMap<>(last().bytes);
        for (int i = 0; i < pathsAndTexts.length; i += 2) {
            StatePath path = new StatePath(pathsAndTexts[i]);
            files.put(path, pathsAndTexts[i + 1].getBytes(StandardCharsets.ISO_8859_1));
        }
        return append(files, new Author("bob", "folder"), message);
    }

    /** Commits the removal of a file. */
    CommitId remove(String message, String path) {
        SortedMap<StatePath, byte[]> files = new TreeMap<>(last().bytes);
        files.remove(new StatePath(path));
        return append(files, new Author("bob", "folder"), message);
    }

    String text(String path) {
        return new String(last().bytes.getOrDefault(new StatePath(path), new byte[0]), StandardCharsets.ISO_8859_1);
    }

    Revision newest() {
        return revisions.get(revisions.size() - 1);
    }

    @Override
    public Snapshot head() {
        return last();
    }

    @Override
    public Snapshot at(CommitId commit) throws StateException {
        return commits.get(index(commit));
    }

    @Override
    public CommitId resolve(String revision) throws StateException {
        int index = -1;
        if (revision.matches("HEAD(~\\d+)?")) {
            index = commits.size() - 1 - (revision.equals("HEAD") ? 0 : Integer.parseInt(revision.substring(5)));
        }
        for (int i = 0; i < commits.size(); i++) {
            if (revision.length() >= 4 && commits.get(i).commit().value().startsWith(revision)) {
                index = i;
            }
        }
        if (index < 0) {
            throw new StateException(StateException.Reason.NOT_FOUND, "There is no commit '" + revision + "'", null);
        }
        return commits.get(index).commit();
    }

    @Override
    public CommitId commit(Change change) throws StateException {
        SortedMap<StatePath, byte[]> files = new TreeMap<>(last().bytes);
        for (StatePath path : change.removals()) {
            files.remove(path);
        }
        for (Map.Entry<StatePath, Content> put : change.puts().entrySet()) {
            try {
                files.put(put.getKey(), put.getValue().bytes());
            } catch (IOException e) {
                throw new StateException(StateException.Reason.IO, "Cannot read " + put.getKey(), e);
            }
        }
        return blobs(files).equals(last().files()) ? last().commit() : append(files, change.author(), change.message());
    }

    @Override
    public void check(Change change) {
        // everything is fine
    }

    @Override
    public CommitId restore(CommitId commit, Set<StatePath> paths, Author author, Pace pace) throws StateException {
        MemorySnapshot wanted = commits.get(index(commit));
        SortedMap<StatePath, byte[]> files = new TreeMap<>(last().bytes);
        Set<StatePath> all = new TreeSet<>(paths);
        if (paths.isEmpty()) {
            all.addAll(files.keySet());
            all.addAll(wanted.bytes.keySet());
        }
        for (StatePath path : all) {
            files.remove(path);
            if (wanted.bytes.containsKey(path)) {
                files.put(path, wanted.bytes.get(path));
            }
        }
        if (blobs(files).equals(last().files())) {
            return last().commit();
        }
        return append(files, author, pace.in("Restore to " + commit.shortValue()));
    }

    @Override
    public CommitId revert(CommitId commit, Author author, Pace pace) throws StateException {
        int index = index(commit);
        if (index < commits.size() - 1) {
            throw new StateException(
                    StateException.Reason.CONFLICT,
                    "Commit " + commit.shortValue() + " cannot be undone",
                    Map.of(new StatePath("deploy/hello.java"), "changed again since"),
                    null);
        }
        return append(new TreeMap<>(commits.get(index - 1).bytes), author, pace.in("Undo " + commit.shortValue()));
    }

    @Override
    public List<Revision> log(Optional<StatePath> path, int limit) throws StateException {
        List<Revision> log = new ArrayList<>();
        for (int i = commits.size() - 1; i >= 0 && log.size() < limit; i--) {
            boolean touches = path.isEmpty() || (i > 0 && touches(i, path.get()));
            if (touches) {
                log.add(revisions.get(i));
            }
        }
        return log;
    }

    @Override
    public List<Revision> log(CommitId before, CommitId after) throws StateException {
        List<Revision> log = new ArrayList<>();
        for (int i = index(after); i > index(before); i--) {
            log.add(revisions.get(i));
        }
        return log;
    }

    @Override
    public List<PathDifference> diff(CommitId before, CommitId after) throws StateException {
        SortedMap<StatePath, BlobId> old = at(before).files();
        SortedMap<StatePath, BlobId> now = at(after).files();
        Set<StatePath> paths = new TreeSet<>(old.keySet());
        paths.addAll(now.keySet());
        return paths.stream()
                .map(path -> new PathDifference(
                        path, Optional.ofNullable(old.get(path)), Optional.ofNullable(now.get(path))))
                .filter(file -> !file.before().equals(file.after()))
                .toList();
    }

    @Override
    public String patch(CommitId before, CommitId after, Optional<StatePath> path) {
        return "patch " + before.shortValue() + " " + after.shortValue()
                + path.map(each -> " " + each).orElse("") + "\n";
    }

    private boolean touches(int index, StatePath path) throws StateException {
        CommitId before = commits.get(index - 1).commit();
        return diff(before, commits.get(index).commit()).stream()
                .map(PathDifference::path)
                .anyMatch(file -> file.equals(path) || file.isBelow(path.value()));
    }

    private MemorySnapshot last() {
        return commits.get(commits.size() - 1);
    }

    private int index(CommitId commit) throws StateException {
        for (int i = 0; i < commits.size(); i++) {
            if (commits.get(i).commit().equals(commit)) {
                return i;
            }
        }
        throw new StateException(StateException.Reason.NOT_FOUND, "There is no commit " + commit, null);
    }

    private CommitId append(SortedMap<StatePath, byte[]> files, Author author, String message) {
        int number = commits.size();
        CommitId id = new CommitId(String.format("%04x", number) + "c".repeat(36));
        List<CommitId> parents = number == 0 ? List.of() : List.of(last().commit());
        commits.add(new MemorySnapshot(id, files));
        revisions.add(new Revision(id, parents, author, START.plusSeconds(number), message));
        return id;
    }

    private static SortedMap<StatePath, BlobId> blobs(SortedMap<StatePath, byte[]> files) {
        SortedMap<StatePath, BlobId> blobs = new TreeMap<>();
        files.forEach((path, bytes) -> blobs.put(path, blob(bytes)));
        return blobs;
    }

    static BlobId blob(byte[] bytes) {
        return new BlobId(String.format("%08x", java.util.Arrays.hashCode(bytes)) + "b".repeat(32));
    }

    private record MemorySnapshot(CommitId commit, SortedMap<StatePath, byte[]> bytes) implements Snapshot {
        @Override
        public SortedMap<StatePath, BlobId> files() {
            return blobs(bytes);
        }

        @Override
        public SortedMap<StatePath, Entry> effective() {
            SortedMap<StatePath, Entry> effective = new TreeMap<>();
            files().forEach((path, blob) -> {
                if (!path.value().startsWith("groups/")) {
                    effective.putIfAbsent(path, new Entry(path, blob));
                } else if (path.value().startsWith("groups/cpu/")) {
                    effective.put(new StatePath(path.value().substring("groups/cpu/".length())), new Entry(path, blob));
                }
            });
            return effective;
        }

        @Override
        public Optional<Content> content(StatePath path) {
            return Optional.ofNullable(bytes.get(path)).map(Content::of);
        }

        @Override
        public Content content(BlobId blob) throws StateException {
            return bytes.values().stream()
                    .filter(each -> blob(each).equals(blob))
                    .map(Content::of)
                    .findFirst()
                    .orElseThrow(() -> new StateException(StateException.Reason.NOT_FOUND, "No blob " + blob, null));
        }
    }
}
