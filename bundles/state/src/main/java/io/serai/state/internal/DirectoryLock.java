package io.serai.state.internal;

import io.serai.api.state.StateException;
import io.serai.api.state.StateException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lets one process at a time own the repository. The operating system holds the lock, so that it goes with a process that
 * dies; the text in the file says who has it, and that the last owner did not take leave.
 */
final class DirectoryLock implements AutoCloseable {
    static final String FILE = "owner";
    private static final int MAX_TEXT = 1024;

    private final FileChannel channel;
    private final boolean takenOver;

    private DirectoryLock(FileChannel channel, boolean takenOver) {
        this.channel = channel;
        this.takenOver = takenOver;
    }

    /**
     * Takes the lock.
     *
     * @throws StateException {@code IO} if another process has it
     */
    static DirectoryLock acquire(Path directory, Instant now) throws IOException, StateException {
        FileChannel channel = FileChannel.open(
                directory.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        boolean acquired = false;
        try {
            String previous = read(channel);
            if (lock(channel) == null) {
                throw new StateException(
                        Reason.IO,
                        "Cannot open the state repository " + directory + ": another process has it open ("
                                + previous.strip() + "); stop that process, or give this node its own directory",
                        null);
            }
            write(
                    channel,
                    "process " + ProcessHandle.current().pid() + " since " + now.truncatedTo(ChronoUnit.SECONDS)
                            + "\n");
            acquired = true;
            return new DirectoryLock(channel, !previous.isEmpty());
        } finally {
            if (!acquired) {
                channel.close();
            }
        }
    }

    /** Returns whether the last owner was killed, so that its work may be half done. */
    boolean takenOver() {
        return takenOver;
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            channel.truncate(0);
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // this process has it
        }
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(MAX_TEXT);
        channel.read(text, 0);
        return StandardCharsets.UTF_8.decode(text.flip()).toString();
    }

    private static void write(FileChannel channel, String text) throws IOException {
        channel.truncate(0);
        channel.write(StandardCharsets.UTF_8.encode(text), 0);
        channel.force(true);
    }
}
