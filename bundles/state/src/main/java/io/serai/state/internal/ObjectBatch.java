package io.serai.state.internal;

import io.serai.api.state.BlobId;
import io.serai.api.state.Content;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.Deflater;
import org.eclipse.jgit.internal.storage.file.ObjectDirectory;
import org.eclipse.jgit.internal.storage.file.Pack;
import org.eclipse.jgit.internal.storage.file.PackInserter;
import org.eclipse.jgit.internal.storage.pack.PackExt;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;

/**
 * The objects of one change, written as one pack: it is forced to the disk with three calls however many objects it has,
 * where loose objects take two calls each. Leaves nothing behind unless a commit was inserted.
 */
final class ObjectBatch implements AutoCloseable {
    // Up to this size content is looked up before it is written; above, it goes to the pack as it is read.
    private static final long IN_MEMORY_BYTES = 1024 * 1024;

    private final ObjectDirectory objects;
    private final PackInserter inserter;

    ObjectBatch(ObjectDirectory objects) {
        this.objects = objects;
        this.inserter = objects.newPackInserter();
        inserter.setCompressionLevel(Deflater.BEST_SPEED); // most bytes are archives, which nothing makes smaller
    }

    BlobId insert(Content content) throws IOException {
        long size = content.size();
        if (size <= IN_MEMORY_BYTES) {
            return blob(inserter.insert(Constants.OBJ_BLOB, content.bytes()));
        }
        try (InputStream in = content.open()) {
            return blob(inserter.insert(Constants.OBJ_BLOB, size, in));
        }
    }

    /** Returns what writes the trees of this batch. */
    ObjectInserter trees() {
        return inserter;
    }

    /** Inserts a commit, and returns when the disk has it and all it needs. */
    ObjectId insert(CommitBuilder builder) throws IOException {
        ObjectId commit = inserter.insert(builder);
        inserter.flush();
        for (Pack pack : objects.getPacks()) { // newest first
            if (pack.hasObject(commit)) {
                DurableFiles.force(pack.getPackFile().toPath());
                DurableFiles.force(pack.getPackFile().create(PackExt.INDEX).toPath());
                break;
            }
        }
        DurableFiles.force(objects.getPackDirectory().toPath());
        return commit;
    }

    @Override
    public void close() {
        inserter.close();
    }

    private static BlobId blob(ObjectId id) {
        return new BlobId(id.name());
    }
}
