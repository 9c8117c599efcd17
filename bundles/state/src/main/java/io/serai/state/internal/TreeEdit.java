package io.serai.state.internal;

import io.serai.api.state.BlobId;
import io.serai.api.state.StateException;
import io.serai.api.state.StatePath;
import io.serai.state.internal.merge.TwinNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;

/** Makes the tree of a commit from the one before: reads and writes only the folders that a change touches. */
final class TreeEdit {
    private final ObjectReader reader;
    private final ObjectBatch batch;
    private final Map<StatePath, String> problems = new TreeMap<>();

    private record Item(FileMode mode, ObjectId id) {
        boolean isFolder() {
            return mode.equals(FileMode.TREE);
        }
    }

    /** What is to become of one folder: files to put (or to remove, if without content), and folders below it. */
    private static final class Folder {
        final SortedMap<String, Target> files = new TreeMap<>();
        final SortedMap<String, Folder> folders = new TreeMap<>();

        record Target(StatePath path, Optional<BlobId> blob) {}

        void add(StatePath path, Optional<BlobId> blob) {
            Folder folder = this;
            List<String> segments = path.segments();
            for (String segment : segments.subList(0, segments.size() - 1)) {
                folder = folder.folders.computeIfAbsent(segment, key -> new Folder());
            }
            folder.files.put(path.fileName(), new Target(path, blob));
        }

        List<StatePath> puts() {
            List<StatePath> puts = new ArrayList<>();
            files.values().stream().filter(target -> target.blob().isPresent()).forEach(file -> puts.add(file.path()));
            folders.values().forEach(folder -> puts.addAll(folder.puts()));
            return puts;
        }
    }

    private TreeEdit(ObjectReader reader, ObjectBatch batch) {
        this.reader = reader;
        this.batch = batch;
    }

    /**
     * Returns the tree that has the given files as well, or no longer those without content.
     *
     * @throws StateException {@code INVALID} if a file would have the name of a folder, or names differ only in case
     */
    static ObjectId apply(
            ObjectReader reader, ObjectBatch batch, ObjectId tree, Map<StatePath, Optional<BlobId>> targets)
            throws IOException, StateException {
        Folder root = new Folder();
        targets.forEach(root::add);
        TreeEdit edit = new TreeEdit(reader, batch);
        Map<String, Item> items = edit.rewrite(root, Optional.of(tree));
        if (!edit.problems.isEmpty()) {
            throw StateRefusals.invalid(edit.problems);
        }
        return edit.write(items);
    }

    private Map<String, Item> rewrite(Folder folder, Optional<ObjectId> tree) throws IOException {
        Map<String, Item> items = tree.isPresent() ? read(tree.get()) : new TreeMap<>();
        Map<String, StatePath> added = new HashMap<>();
        folder.files.forEach((name, target) -> {
            Item item = items.get(name);
            if (target.blob().isEmpty() && item != null && !item.isFolder()) {
                items.remove(name);
            }
        });
        for (Map.Entry<String, Folder> below : folder.folders.entrySet()) {
            rewriteBelow(below.getKey(), below.getValue(), items, added);
        }
        folder.files.forEach((name, target) -> put(name, target, items, added));
        refuseTwins(items, added);
        return items;
    }

    private void rewriteBelow(String name, Folder folder, Map<String, Item> items, Map<String, StatePath> added)
            throws IOException {
        Item item = items.get(name);
        List<StatePath> puts = folder.puts();
        if (item != null && !item.isFolder()) {
            puts.forEach(path -> problems.put(path, "'" + name + "' is a file, so nothing can be below it"));
            return;
        }
        Map<String, Item> content = rewrite(folder, Optional.ofNullable(item).map(Item::id));
        if (content.isEmpty()) {
            items.remove(name);
            return;
        }
        items.put(name, new Item(FileMode.TREE, write(content)));
        if (item == null) {
            added.put(name, puts.get(0));
        }
    }

    private void put(String name, Folder.Target target, Map<String, Item> items, Map<String, StatePath> added) {
        if (target.blob().isEmpty()) {
            return;
        }
        Item item = items.get(name);
        if (item != null && item.isFolder()) {
            problems.put(target.path(), "there is a folder of that name");
            return;
        }
        ObjectId id = ObjectId.fromString(target.blob().get().value());
        items.put(name, new Item(FileMode.REGULAR_FILE, id));
        if (item == null) {
            added.put(name, target.path());
        }
    }

    /** Refuses names that are one and the same on a file system which ignores case or composes characters. */
    private void refuseTwins(Map<String, Item> items, Map<String, StatePath> added) {
        if (added.isEmpty()) {
            return;
        }
        Map<String, String> names = new HashMap<>();
        for (String name : items.keySet()) {
            String twin = names.put(TwinNames.fold(name), name);
            if (twin == null) {
                continue;
            }
            StatePath culprit = added.getOrDefault(name, added.get(twin));
            if (culprit != null) {
                problems.put(culprit, "'" + name + "' and '" + twin + "' differ only in case; use one of them");
            }
        }
    }

    private Map<String, Item> read(ObjectId tree) throws IOException {
        Map<String, Item> items = new TreeMap<>();
        CanonicalTreeParser parser = new CanonicalTreeParser();
        for (parser.reset(reader, tree); !parser.eof(); parser.next()) {
            items.put(parser.getEntryPathString(), new Item(parser.getEntryFileMode(), parser.getEntryObjectId()));
        }
        return items;
    }

    /** Writes a tree in the order of Git: by bytes, a folder as if its name ended with a slash. */
    private ObjectId write(Map<String, Item> items) throws IOException {
        Map<byte[], Item> ordered = new TreeMap<>(Arrays::compareUnsigned);
        items.forEach((name, item) ->
                ordered.put((item.isFolder() ? name + "/" : name).getBytes(StandardCharsets.UTF_8), item));
        TreeFormatter formatter = new TreeFormatter();
        ordered.forEach((name, item) ->
                formatter.append(name, 0, name.length - (item.isFolder() ? 1 : 0), item.mode(), item.id()));
        return batch.insert(formatter);
    }
}
