package io.serai.state.internal;

import io.serai.api.state.BlobId;
import io.serai.api.state.Content;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.Deflater;
import org.eclipse.jgit.internal.storage.file.ObjectDirectory;
import org.eclipse.jgit.internal.storage.file.PackInserter;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.TreeFormatter;

/**
 * The objects of one change, written as one pack: it is forced to the disk with three calls however many objects it has,
 * where loose objects take two calls each. Leaves nothing behind unless a commit was inserted.
 */
final class ObjectBatch implements AutoCloseable {
    // Up to this size content is held in memory; above, it is read as a stream, twice.
    private static final long IN_MEMORY_BYTES = 1024 * 1024;

    private final ObjectDirectory objects;
    private final ReentrantLock packing;
    private final PackInserter inserter;
    private final SortedSet<ObjectId> inserted = new TreeSet<>();

    /**
     * Makes a batch for contents of about {@code bytes} in all.
     *
     * @param packing held from when others could see the pack until the disk has it
     */
    ObjectBatch(ObjectDirectory objects, ReentrantLock packing, long bytes) {
        this.objects = objects;
        this.packing = packing;
        this.inserter = objects.newPackInserter();
        // Many bytes are archives, which nothing makes smaller.
        inserter.setCompressionLevel(bytes > IN_MEMORY_BYTES ? Deflater.NO_COMPRESSION : Deflater.BEST_SPEED);
        // Asking for an object that is absent makes JGit list all packs; what is written twice, housekeeping drops.
        inserter.checkExisting(false);
    }

    /** Inserts content, unless the repository has it as what was there {@code before}. */
    BlobId insert(Content content, Optional<BlobId> before) throws IOException {
        long size = content.size();
        Content read = size <= IN_MEMORY_BYTES ? Content.of(content.bytes()) : content;
        BlobId blob = ObjectFiles.blobId(read);
        ObjectId id = ObjectId.fromString(blob.value());
        if (before.equals(Optional.of(blob)) || !inserted.add(id)) {
            return blob;
        }
        try (InputStream in = read.open()) {
            if (!inserter.insert(Constants.OBJ_BLOB, read.size(), in).equals(id)) {
                throw new IOException("content changed while it was read; try again when it is complete");
            }
        }
        return blob;
    }

    ObjectId insert(TreeFormatter tree) throws IOException {
        // As an array: what JGit takes as a stream it would write twice for two equal folders.
        return remember(inserter.insert(Constants.OBJ_TREE, tree.toByteArray()));
    }

    /** Inserts a commit, and returns when the disk has it and all it needs. */
    ObjectId insert(CommitBuilder builder) throws IOException {
        ObjectId commit = remember(inserter.insert(builder));
        flush();
        return commit;
    }

    private void flush() throws IOException {
        String name = "pack-" + ObjectFiles.packName(inserted);
        inserted.clear();
        Path folder = objects.getPackDirectory().toPath();
        packing.lock();
        try {
            inserter.flush();
            DurableFiles.force(folder.resolve(name + ".pack"));
            DurableFiles.force(folder.resolve(name + ".idx"));
            DurableFiles.force(folder);
        } finally {
            packing.unlock();
        }
    }

    @Override
    public void close() {
        inserter.close();
    }

    private ObjectId remember(ObjectId id) {
        inserted.add(id);
        return id;
    }
}
