package io.serai.state.internal;

import io.serai.api.state.BlobId;
import io.serai.api.state.StateException;
import io.serai.api.state.StateException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import org.eclipse.jgit.errors.MissingObjectException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads contents range by range. Whoever asks for one range after the other does not pay for what lies before. */
final class BlobRanges implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BlobRanges.class);
    // As many nodes as are likely to fetch at a time; each of them costs some ten KB here.
    private static final int OPEN = 8;

    private final GitStore store;
    private final Deque<Cursor> cursors = new ArrayDeque<>(); // guarded by itself; the one used last is the first

    /** A content that has been read up to a position. */
    private record Cursor(BlobId blob, long position, InputStream in) {}

    BlobRanges(GitStore store) {
        this.store = store;
    }

    long size(BlobId blob) throws IOException, StateException {
        try {
            return new BlobContent(store, blob).size();
        } catch (MissingObjectException | NoSuchFileException e) {
            throw new StateException(Reason.NOT_FOUND, "There is no content " + blob + " in " + store.directory(), e);
        }
    }

    byte[] read(BlobId blob, long offset, int length) throws IOException, StateException {
        long size = size(blob);
        if (offset < 0 || offset > size || length < 0) {
            throw new IllegalArgumentException("There are no " + length + " bytes from " + offset + " of content "
                    + blob + ", which has " + size + " bytes");
        }
        InputStream in = at(blob, offset);
        boolean kept = false;
        try {
            byte[] bytes = in.readNBytes((int) Math.min(length, size - offset));
            if (offset + bytes.length < size) {
                keep(new Cursor(blob, offset + bytes.length, in));
                kept = true;
            }
            return bytes;
        } finally {
            if (!kept) {
                in.close();
            }
        }
    }

    private InputStream at(BlobId blob, long offset) throws IOException {
        Optional<InputStream> open = take(blob, offset);
        if (open.isPresent()) {
            return open.get();
        }
        InputStream in = new BlobContent(store, blob).open();
        boolean there = false;
        try {
            in.skipNBytes(offset);
            there = true;
            return in;
        } finally {
            if (!there) {
                in.close();
            }
        }
    }

    private Optional<InputStream> take(BlobId blob, long offset) {
        synchronized (cursors) {
            for (Iterator<Cursor> each = cursors.iterator(); each.hasNext(); ) {
                Cursor cursor = each.next();
                if (cursor.blob().equals(blob) && cursor.position() == offset) {
                    each.remove();
                    return Optional.of(cursor.in());
                }
            }
            return Optional.empty();
        }
    }

    private void keep(Cursor cursor) {
        synchronized (cursors) {
            cursors.addFirst(cursor);
            while (cursors.size() > OPEN) {
                close(cursors.removeLast());
            }
        }
    }

    @Override
    public void close() {
        synchronized (cursors) {
            cursors.forEach(BlobRanges::close);
            cursors.clear();
        }
    }

    private static void close(Cursor cursor) {
        try {
            cursor.in().close();
        } catch (IOException e) {
            LOG.debug("Could not close content that was read: blob={}", cursor.blob(), e);
        }
    }
}
