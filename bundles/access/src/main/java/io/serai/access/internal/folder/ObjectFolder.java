package io.serai.access.internal.folder;

import io.serai.api.object.ObjectCodec;
import io.serai.api.object.ObjectException;
import io.serai.api.state.BlobId;
import io.serai.api.state.Snapshot;
import io.serai.api.state.StateException;
import io.serai.api.state.StatePath;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The objects of a kind, each the same as long as its file is. For one thread at a time. */
public final class ObjectFolder<T> {
    private static final Logger LOG = LoggerFactory.getLogger(ObjectFolder.class);
    private static final String SUFFIX = ".yaml";

    private final String kind;
    private final ObjectCodec codec;
    private final Reader<T> reader;
    private Map<StatePath, Known<T>> known = new HashMap<>();
    private boolean begun;

    /** Reads a spec. */
    public interface Reader<T> {
        /** Returns the object; refuses the spec by a {@link SpecException}. */
        T read(String name, Map<String, Object> spec);
    }

    private record Known<T>(BlobId blob, Optional<T> object) {}

    /** Makes one of which nothing was read. */
    public ObjectFolder(String kind, ObjectCodec codec, Reader<T> reader) {
        this.kind = kind;
        this.codec = codec;
        this.reader = reader;
    }

    /** Returns the file of an object. */
    public static StatePath path(String kind, String name) {
        return StatePath.of("objects", kind, name + SUFFIX);
    }

    /** Returns the objects of a state, without those that cannot be read, which the log tells; empty if they are as before. */
    public Optional<List<T>> read(Snapshot head) {
        // no name has a character before the blank, and 0 comes after /
        Map<StatePath, BlobId> files = new TreeMap<>(
                head.files().subMap(StatePath.of("objects", kind, " "), StatePath.of("objects", kind + "0")));
        files.keySet().removeIf(path -> !path.value().endsWith(SUFFIX));
        boolean same = begun
                && files.size() == known.size()
                && files.entrySet().stream().allMatch(file -> isKnown(file.getKey(), file.getValue()));
        if (same) {
            return Optional.empty();
        }
        Map<StatePath, Known<T>> next = new HashMap<>();
        files.forEach((path, blob) -> next.put(path, isKnown(path, blob) ? known.get(path) : read(head, path, blob)));
        known = next;
        begun = true;
        return Optional.of(
                next.values().stream().flatMap(each -> each.object().stream()).toList());
    }

    private boolean isKnown(StatePath path, BlobId blob) {
        Known<T> before = known.get(path);
        return before != null && before.blob().equals(blob);
    }

    private Known<T> read(Snapshot head, StatePath path, BlobId blob) {
        String file = path.fileName();
        String name = file.substring(0, file.length() - SUFFIX.length());
        try {
            return new Known<>(blob, Optional.of(reader.read(name, codec.spec(path, head.content(blob)))));
        } catch (ObjectException | StateException | SpecException e) {
            LOG.error(
                    "Does not count an object that cannot be read; put the file right: path={}, cause={}",
                    path,
                    e.getMessage());
            return new Known<>(blob, Optional.empty());
        }
    }
}
