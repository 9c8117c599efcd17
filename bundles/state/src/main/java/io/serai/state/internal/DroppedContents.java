package io.serai.state.internal;

import io.serai.api.state.BlobId;
import io.serai.api.state.StateException;
import io.serai.api.state.StateException.Reason;
import io.serai.api.state.StatePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * Which contents may be gone, and since when: those that were dropped here, and those that other nodes had dropped before
 * this one could get them. Written down, so that a content that was dropped differs from one that a damaged disk has lost.
 * One that has come back stays listed until the next compaction: what is there counts, whatever is listed.
 */
final class DroppedContents {
    private static final Pattern LINE = Pattern.compile("([0-9a-f]{40}) (\\d{1,18})");

    private final Path file;
    private final Map<ObjectId, Instant> dropped = new ConcurrentHashMap<>();

    private DroppedContents(Path file) {
        this.file = file;
    }

    /** Reads the list; a line that is damaged is passed over. */
    static DroppedContents read(Path directory) throws IOException {
        DroppedContents contents = new DroppedContents(directory.resolve("dropped"));
        if (Files.exists(contents.file)) {
            String text = new String(Files.readAllBytes(contents.file), StandardCharsets.ISO_8859_1);
            text.lines().forEach(contents::readLine);
        }
        return contents;
    }

    private void readLine(String text) {
        Matcher line = LINE.matcher(text);
        if (line.matches()) {
            dropped.put(ObjectId.fromString(line.group(1)), Instant.ofEpochSecond(Long.parseLong(line.group(2))));
        }
    }

    /** Returns whether a content may be gone. */
    boolean contains(AnyObjectId content) {
        return dropped.containsKey(content);
    }

    /** Returns since when a content may be gone; empty if it may not. */
    Optional<Instant> since(AnyObjectId content) {
        return Optional.ofNullable(dropped.get(content));
    }

    /** Returns all that may be gone. */
    Set<ObjectId> all() {
        return Set.copyOf(dropped.keySet());
    }

    /** Adds to the list; the disk has it on return. What is listed keeps its time. */
    synchronized void add(Map<ObjectId, Instant> more) throws IOException {
        replace(more, Set.of());
    }

    /** Adds to the list, and takes off what has come back and is kept. */
    synchronized void replace(Map<ObjectId, Instant> more, Set<ObjectId> back) throws IOException {
        Map<ObjectId, Instant> next = new TreeMap<>(dropped);
        more.forEach(next::putIfAbsent);
        next.keySet().removeAll(back);
        if (next.keySet().equals(dropped.keySet())) {
            return;
        }
        StringBuilder text = new StringBuilder();
        next.forEach((id, since) -> text.append(id.name())
                .append(' ')
                .append(since.getEpochSecond())
                .append('\n'));
        DurableFiles.replace(file, text.toString());
        dropped.putAll(next);
        dropped.keySet().retainAll(next.keySet());
    }

    /** Refuses to go on with versions of files whose contents are gone. */
    void require(GitStore store, Map<StatePath, Optional<BlobId>> files) throws IOException, StateException {
        Map<StatePath, String> gone = new TreeMap<>();
        for (Map.Entry<StatePath, Optional<BlobId>> each : files.entrySet()) {
            if (each.getValue().isEmpty()) {
                continue;
            }
            ObjectId id = ObjectId.fromString(each.getValue().get().value());
            if (contains(id) && !store.has(id)) {
                gone.put(each.getKey(), describe(id));
            }
        }
        if (!gone.isEmpty()) {
            throw refusal(gone);
        }
    }

    private static StateException refusal(Map<StatePath, String> gone) {
        List<String> texts = new ArrayList<>();
        gone.forEach((path, why) -> texts.add(path + ": " + why));
        return new StateException(Reason.NOT_FOUND, String.join("; ", texts), gone, null);
    }

    /** Says that a content is gone, since when, and what to do about it. */
    String describe(AnyObjectId content) {
        Instant since = dropped.getOrDefault(content, Instant.EPOCH).truncatedTo(ChronoUnit.SECONDS);
        return "its content " + content.name() + " was dropped at " + since
                + ", when it was older than the retention of " + StateSettings.PID
                + "; put the file again from where it came from";
    }

    /** Returns what to tell instead of that an object is missing, if it was dropped. */
    Optional<StateException> explain(@Nullable AnyObjectId content, Throwable cause) {
        return content == null || !contains(content)
                ? Optional.empty()
                : Optional.of(
                        new StateException(Reason.NOT_FOUND, "A version cannot be read: " + describe(content), cause));
    }
}
