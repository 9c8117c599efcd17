package io.serai.security.internal.directory;

import io.serai.api.state.BlobId;
import io.serai.api.state.Content;
import io.serai.api.state.Snapshot;
import io.serai.api.state.StateException;
import io.serai.api.state.StatePath;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The objects of a kind, each read once as long as its file stays the same. For one thread at a time. */
final class ObjectFolder<T> {
    private static final Logger LOG = LoggerFactory.getLogger(ObjectFolder.class);
    private static final String SUFFIX = ".yaml";
    private static final int SEGMENTS = 3;

    private final String kind;
    private final Reader<T> reader;
    private Map<String, Known<T>> known = new HashMap<>();

    /** Reads the spec of an object. */
    interface Reader<T> {
        /** Returns what it says; refuses it by an {@link IllegalArgumentException}. */
        T read(String name, Map<String, Object> spec);
    }

    private record Known<T>(BlobId blob, Optional<T> object) {}

    ObjectFolder(String kind, Reader<T> reader) {
        this.kind = kind;
        this.reader = reader;
    }

    /** Returns the objects of a commit by name, without those that cannot be read, which the log tells. */
    Map<String, T> read(Snapshot snapshot) {
        Map<String, Known<T>> next = new HashMap<>();
        Map<String, T> objects = new HashMap<>();
        files(snapshot).forEach((path, blob) -> {
            if (path.segments().size() == SEGMENTS && path.value().endsWith(SUFFIX)) {
                String name = name(path);
                Known<T> before = known.get(name);
                Known<T> now = before != null && before.blob().equals(blob)
                        ? before
                        : new Known<>(blob, read(snapshot, name, blob));
                next.put(name, now);
                now.object().ifPresent(object -> objects.put(name, object));
            }
        });
        known = next;
        return objects;
    }

    /** Returns the file of an object. */
    static StatePath path(String kind, String name) {
        return StatePath.of("objects", kind, name + SUFFIX);
    }

    /** Returns the name of the object that a file is. */
    static String name(StatePath path) {
        String file = path.fileName();
        return file.substring(0, file.length() - SUFFIX.length());
    }

    /** Returns whether a file is an object of a kind, for all nodes. */
    static boolean isOf(String kind, StatePath path) {
        return path.segments().size() == SEGMENTS
                && path.isBelow("objects/" + kind)
                && path.value().endsWith(SUFFIX);
    }

    /** Puts what a file says into a map, or takes it out if the file is removed; leaves the map if it is not right. */
    static <T> void put(
            Map<String, T> objects, String kind, Reader<T> reader, StatePath path, Optional<Content> content) {
        if (!isOf(kind, path)) {
            return;
        }
        try {
            if (content.isEmpty()) {
                objects.remove(name(path));
            } else if (content.get().size() <= ObjectYaml.MAX_BYTES) {
                objects.put(
                        name(path),
                        reader.read(
                                name(path),
                                ObjectYaml.spec(kind, name(path), content.get().bytes())));
            }
        } catch (IllegalArgumentException | IOException e) {
            LOG.debug("Left out an object that is not right, and will be refused: path={}", path, e);
        }
    }

    private SortedMap<StatePath, BlobId> files(Snapshot snapshot) {
        // no name has a character before the blank, and 0 comes after /
        return snapshot.files().subMap(StatePath.of("objects", kind, " "), StatePath.of("objects", kind + "0"));
    }

    private Optional<T> read(Snapshot snapshot, String name, BlobId blob) {
        try {
            var content = snapshot.content(blob);
            if (content.size() > ObjectYaml.MAX_BYTES) {
                throw new IllegalArgumentException("it has " + content.size() + " bytes");
            }
            return Optional.of(reader.read(name, ObjectYaml.spec(kind, name, content.bytes())));
        } catch (IllegalArgumentException | StateException | IOException e) {
            LOG.error(
                    "Does not count an object that cannot be read; put the file right: object={}/{}, cause={}",
                    kind,
                    name,
                    e.getMessage());
            return Optional.empty();
        }
    }
}
