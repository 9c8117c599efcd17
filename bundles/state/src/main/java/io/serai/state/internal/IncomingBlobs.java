package io.serai.state.internal;

import io.serai.api.state.BlobId;
import io.serai.api.state.Content;
import io.serai.api.state.StateException;
import io.serai.api.state.StateException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Contents that arrive in parts, each in a file of its own in the folder {@code incoming}, so that a transfer goes on where it
 * was after a restart. A file is not forced to the disk: what a power cut makes of it, the check of the whole content tells.
 */
final class IncomingBlobs {
    private static final Logger LOG = LoggerFactory.getLogger(IncomingBlobs.class);
    private static final Duration KEPT = Duration.ofDays(1);
    private static final int LOCKS = 16;

    private final GitStore store;
    private final Path folder;
    // That of a content is told by its id: two seldom share one, and then wait for each other.
    private final List<ReentrantLock> locks =
            IntStream.range(0, LOCKS).mapToObj(i -> new ReentrantLock()).toList();

    IncomingBlobs(GitStore store) {
        this.store = store;
        this.folder = store.directory().resolve("incoming");
    }

    /** Deletes what nobody has gone on with for a day. */
    void deleteOld(Instant now) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(now.minus(KEPT))) {
                    Files.deleteIfExists(file);
                    LOG.info("Deleted content that had not arrived whole within a day: file={}", file);
                }
            }
        }
    }

    /** Returns how many bytes are here of a content that is not whole. */
    long length(BlobId blob) throws IOException {
        Path file = folder.resolve(blob.value());
        return Files.exists(file) ? Files.size(file) : 0;
    }

    /** Adds a part; returns how many bytes are here then. */
    long add(BlobId blob, long size, long offset, byte[] part) throws IOException, StateException {
        ReentrantLock lock = locks.get(Math.floorMod(blob.hashCode(), LOCKS));
        lock.lock();
        try {
            return has(blob) ? size : addLocked(blob, size, offset, part);
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether a content is here, whole. */
    boolean has(BlobId blob) throws IOException {
        try (ObjectReader reader = store.reader()) {
            return reader.has(ObjectId.fromString(blob.value()));
        }
    }

    private long addLocked(BlobId blob, long size, long offset, byte[] part) throws IOException, StateException {
        Path file = folder.resolve(blob.value());
        long before = length(blob);
        if (offset > before) {
            throw new StateException(
                    Reason.INVALID,
                    "Content " + blob + " cannot go on at byte " + offset + ": " + before
                            + " bytes are here; send what follows them",
                    null);
        }
        int known = (int) Math.min(before - offset, part.length);
        long after = before + part.length - known;
        if (after <= size) {
            append(file, ByteBuffer.wrap(part, known, part.length - known));
        }
        if (after < size) {
            return after;
        }
        boolean intact = after == size && store.add(blob, Content.of(file));
        Files.deleteIfExists(file);
        if (!intact) {
            throw new StateException(
                    Reason.INVALID,
                    "Content " + blob + " arrived with other bytes than its id says, and was deleted; send it again",
                    null);
        }
        return size;
    }

    private void append(Path file, ByteBuffer bytes) throws IOException {
        Files.createDirectories(folder);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }
}
