package io.serai.state.internal;

import io.serai.api.state.BlobId;
import io.serai.api.state.CommitId;
import io.serai.api.state.Content;
import io.serai.api.state.Entry;
import io.serai.api.state.Snapshot;
import io.serai.api.state.StateException;
import io.serai.api.state.StateException.Reason;
import io.serai.api.state.StatePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

/** The tree of a commit, read when it is first asked for. */
final class GitSnapshot implements Snapshot {
    private final GitStore store;
    private final List<String> layers;
    private final CommitId commit;
    private final ObjectId tree;
    private final Object reading = new Object();
    private volatile @Nullable SortedMap<StatePath, BlobId> files;
    private volatile @Nullable SortedMap<StatePath, Entry> effective;

    /** Makes a snapshot; {@code layers} are the folders of the groups and of the node, the last one on top. */
    GitSnapshot(GitStore store, List<String> layers, CommitId commit, ObjectId tree) {
        this.store = store;
        this.layers = layers;
        this.commit = commit;
        this.tree = tree;
    }

    /** Returns the snapshot of a commit on top of this one, which spares reading what this one has read. */
    GitSnapshot next(ObjectId nextCommit, ObjectId nextTree, Map<StatePath, Optional<BlobId>> targets) {
        GitSnapshot next = new GitSnapshot(store, layers, new CommitId(nextCommit.name()), nextTree);
        SortedMap<StatePath, BlobId> changed = new TreeMap<>(files());
        targets.forEach((path, blob) -> blob.ifPresentOrElse(id -> changed.put(path, id), () -> changed.remove(path)));
        next.files = Collections.unmodifiableSortedMap(changed);
        return next;
    }

    ObjectId tree() {
        return tree;
    }

    @Override
    public CommitId commit() {
        return commit;
    }

    @Override
    public SortedMap<StatePath, BlobId> files() {
        SortedMap<StatePath, BlobId> known = files;
        return known != null ? known : filesOnce();
    }

    /** Reads the tree, unless another thread does: many look at a new head at the same time. */
    private SortedMap<StatePath, BlobId> filesOnce() {
        synchronized (reading) {
            SortedMap<StatePath, BlobId> known = files;
            if (known == null) {
                known = Collections.unmodifiableSortedMap(readFiles());
                files = known;
            }
            return known;
        }
    }

    @Override
    public SortedMap<StatePath, Entry> effective() {
        SortedMap<StatePath, Entry> known = effective;
        return known != null ? known : effectiveOnce();
    }

    private SortedMap<StatePath, Entry> effectiveOnce() {
        synchronized (reading) {
            SortedMap<StatePath, Entry> known = effective;
            if (known == null) {
                known = Collections.unmodifiableSortedMap(overlay());
                effective = known;
            }
            return known;
        }
    }

    @Override
    public Optional<Content> content(StatePath path) {
        return Optional.ofNullable(files().get(path)).map(blob -> new BlobContent(store, blob));
    }

    @Override
    public Content content(BlobId blob) throws StateException {
        try (ObjectReader reader = store.reader()) {
            if (reader.has(ObjectId.fromString(blob.value()))) {
                return new BlobContent(store, blob);
            }
        } catch (IOException e) {
            throw DiskFailures.explain("read content " + blob + " of the state repository", store.directory(), e);
        }
        StateException absent =
                new StateException(Reason.NOT_FOUND, "There is no content " + blob + " in " + store.directory(), null);
        throw store.dropped().explain(ObjectId.fromString(blob.value()), absent).orElse(absent);
    }

    private SortedMap<StatePath, BlobId> readFiles() {
        SortedMap<StatePath, BlobId> read = new TreeMap<>();
        try (ObjectReader reader = store.reader();
                TreeWalk walk = new TreeWalk(reader)) {
            walk.addTree(tree);
            walk.setRecursive(true);
            while (walk.next()) {
                read.put(
                        new StatePath(walk.getPathString()),
                        new BlobId(walk.getObjectId(0).name()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the files of commit " + commit + " in " + store.directory(), e);
        }
        return read;
    }

    private SortedMap<StatePath, Entry> overlay() {
        SortedMap<StatePath, Entry> visible = new TreeMap<>();
        List<String> all = new ArrayList<>(List.of(""));
        all.addAll(layers);
        for (String layer : all) {
            filesOf(layer).forEach((path, blob) -> {
                if (!layer.isEmpty() || TreeLayout.isRoot(path)) {
                    visible.put(TreeLayout.below(layer, path), new Entry(path, blob));
                }
            });
        }
        return visible;
    }

    private SortedMap<StatePath, BlobId> filesOf(String layer) {
        // A blank is the lowest character a name can begin with, and '0' follows '/': exactly what is below the folder.
        return layer.isEmpty() ? files() : files().subMap(new StatePath(layer + "/ "), new StatePath(layer + "0"));
    }
}
