package io.serai.objects.internal.index;

import io.serai.api.object.ObjectKey;
import io.serai.api.object.ObjectKind;
import io.serai.api.state.BlobId;
import io.serai.api.state.CommitId;
import io.serai.api.state.Snapshot;
import io.serai.api.state.StatePath;
import io.serai.objects.internal.ObjectPaths;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The objects of a state that are files, by kind and key. Immutable. */
public final class ObjectIndex {
    private static final Pattern LAYERED = Pattern.compile("((?:groups|nodes)/[^/]+)/(.+)");

    private final CommitId commit;
    private final Map<String, ObjectKind> folders = new HashMap<>();
    private final Map<String, SortedMap<ObjectKey, StoredObject>> kinds = new HashMap<>();

    /**
     * An object that is a file.
     *
     * @param key which object
     * @param path where it is in the tree
     * @param blob its content
     */
    public record StoredObject(ObjectKey key, StatePath path, BlobId blob) {}

    /** Finds the objects of these kinds. */
    public ObjectIndex(Snapshot snapshot, Collection<ObjectKind> known) {
        this.commit = snapshot.commit();
        for (ObjectKind kind : known) {
            folders.put(ObjectPaths.folder(kind), kind);
            kinds.put(kind.name(), new TreeMap<>());
        }
        snapshot.files().forEach((path, blob) -> key(path)
                .ifPresent(key -> objects(key.kind()).put(key, new StoredObject(key, path, blob))));
    }

    private SortedMap<ObjectKey, StoredObject> objects(String kind) {
        return kinds.getOrDefault(kind, new TreeMap<>());
    }

    /** Returns the commit that has them. */
    public CommitId commit() {
        return commit;
    }

    /** Returns which object a file is; empty if it is none. */
    public Optional<ObjectKey> key(StatePath path) {
        String layer = "";
        String relative = path.value();
        if (relative.startsWith("groups/") || relative.startsWith("nodes/")) {
            Matcher layered = LAYERED.matcher(relative);
            if (!layered.matches()) {
                return Optional.empty();
            }
            layer = layered.group(1);
            relative = layered.group(2);
        }
        int cut = relative.lastIndexOf('/');
        ObjectKind kind = folders.get(relative.substring(0, Math.max(cut, 0)));
        if (kind == null) {
            return Optional.empty();
        }
        String owner = layer;
        return ObjectPaths.objectName(kind, relative.substring(cut + 1))
                .filter(ObjectKey::isName)
                .map(name -> new ObjectKey(kind.name(), name, owner));
    }

    /** Returns all of a kind, by name, then layer. */
    public SortedMap<ObjectKey, StoredObject> of(String kind) {
        return Collections.unmodifiableSortedMap(objects(kind));
    }

    /** Returns the object of a key. */
    public Optional<StoredObject> find(ObjectKey key) {
        return Optional.ofNullable(objects(key.kind()).get(key));
    }

    /** Returns the objects of a name, in whatever layers. */
    public Collection<StoredObject> named(String kind, String name) {
        // the empty layer comes first, and all layers before a name that has one more character, the lowest of which is
        // a blank
        return List.copyOf(objects(kind)
                .subMap(ObjectKey.of(kind, name), ObjectKey.of(kind, name + ' '))
                .values());
    }
}
