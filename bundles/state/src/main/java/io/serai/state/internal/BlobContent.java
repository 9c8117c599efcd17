package io.serai.state.internal;

import io.serai.api.state.BlobId;
import io.serai.api.state.Content;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;

/** The content of a file in the repository. */
final class BlobContent implements Content {
    private final GitStore store;
    private final ObjectId id;

    BlobContent(GitStore store, BlobId blob) {
        this.store = store;
        this.id = ObjectId.fromString(blob.value());
    }

    @Override
    public long size() throws IOException {
        try (ObjectReader reader = store.reader()) {
            return reader.getObjectSize(id, Constants.OBJ_BLOB);
        } catch (MissingObjectException e) {
            throw explained(e);
        }
    }

    @Override
    public InputStream open() throws IOException {
        try {
            return new BlobInputStream(store, id);
        } catch (MissingObjectException e) {
            throw explained(e);
        }
    }

    private IOException explained(MissingObjectException missing) {
        return store.dropped()
                .explain(id, missing)
                .<IOException>map(why -> new NoSuchFileException(id.name(), null, why.getMessage()))
                .orElse(missing);
    }

    /** Reads a blob; opens it again where it was if housekeeping has moved it to another pack meanwhile. */
    private static final class BlobInputStream extends InputStream {
        private final GitStore store;
        private final ObjectId id;
        private ObjectReader reader;
        private InputStream in;
        private long position;

        BlobInputStream(GitStore store, ObjectId id) throws IOException {
            this.store = store;
            this.id = id;
            this.reader = store.reader();
            this.in = openOrClose();
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read;
            try {
                read = in.read(buffer, offset, length);
            } catch (IOException e) {
                read = reopen(e).read(buffer, offset, length);
            }
            position += Math.max(read, 0);
            return read;
        }

        @Override
        public void close() throws IOException {
            try {
                in.close();
            } finally {
                reader.close();
            }
        }

        private InputStream reopen(IOException cause) throws IOException {
            try {
                close();
                reader = store.reader();
                in = openOrClose();
                in.skipNBytes(position);
                return in;
            } catch (IOException e) {
                e.addSuppressed(cause);
                throw e;
            }
        }

        private InputStream openOrClose() throws IOException {
            boolean opened = false;
            try {
                InputStream stream = reader.open(id, Constants.OBJ_BLOB).openStream();
                opened = true;
                return stream;
            } finally {
                if (!opened) {
                    reader.close();
                }
            }
        }
    }
}
