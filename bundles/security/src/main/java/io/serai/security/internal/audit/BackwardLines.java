package io.serai.security.internal.audit;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;

/** Reads the lines of a file from its end, a block at a time. What comes after the last line break is a line as well. */
final class BackwardLines implements Closeable {
    private static final int BLOCK_BYTES = 64 * 1024;
    /** Longer than any line that is written, even if each of its characters is escaped. */
    private static final int MAX_LINE_BYTES = 256 * 1024;

    private final FileChannel channel;
    private final Deque<Line> lines = new ArrayDeque<>();
    private byte[] rest = {}; // the end of a line whose beginning has not been read
    private long unread;
    private boolean restIsLine; // false while nothing was read but the line break at the end

    /**
     * A line.
     *
     * @param offset where in the file it begins
     * @param text what it has, without its line break, each byte as one character
     */
    record Line(long offset, String text) {}

    BackwardLines(Path file) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.READ);
        unread = channel.size();
    }

    /** Returns the line before; empty if there is none. */
    Optional<Line> next() throws IOException {
        while (lines.isEmpty() && unread > 0) {
            readBlock();
        }
        if (lines.isEmpty() && restIsLine) {
            restIsLine = false;
            return Optional.of(new Line(0, text(rest, 0, rest.length)));
        }
        return Optional.ofNullable(lines.pollFirst());
    }

    private void readBlock() throws IOException {
        int size = (int) Math.min(BLOCK_BYTES, unread);
        ByteBuffer block = ByteBuffer.allocate(size + rest.length);
        unread -= size;
        block.limit(size);
        while (block.hasRemaining()) {
            if (channel.read(block, unread + block.position()) < 0) {
                throw new IOException("The audit log became shorter while it was read");
            }
        }
        block.limit(size + rest.length);
        block.put(rest);
        split(block.array());
    }

    private void split(byte[] bytes) {
        int end = bytes.length;
        for (int at = bytes.length - 1; at >= 0; at--) {
            if (bytes[at] == '\n') {
                if (restIsLine || at + 1 < end) {
                    lines.addLast(new Line(unread + at + 1, text(bytes, at + 1, end)));
                }
                restIsLine = true;
                end = at;
            }
        }
        if (end > MAX_LINE_BYTES) {
            lines.addLast(new Line(unread, "")); // no line is so long: it counts as one that cannot be read
            end = 0;
        }
        restIsLine |= end > 0;
        rest = Arrays.copyOf(bytes, end);
    }

    private static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
