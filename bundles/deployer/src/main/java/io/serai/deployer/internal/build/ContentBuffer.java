package io.serai.deployer.internal.build;

import io.serai.api.state.Content;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Gives access to all bytes of a content, whatever it is: a zip is read from its end. */
final class ContentBuffer {
    /** Up to this size it is held in the heap; above, in a temporary file that is mapped. */
    private static final long MAX_IN_HEAP = 16L << 20;

    private ContentBuffer() {}

    /** Returns the bytes, in little-endian order as zip has it. The content is smaller than 2 GiB. */
    static ByteBuffer of(Content content) throws IOException {
        ByteBuffer buffer = content.size() <= MAX_IN_HEAP ? ByteBuffer.wrap(content.bytes()) : map(content);
        return buffer.order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Returns content that need not be fetched each time it is read, unless it is large. */
    static Content held(Content content) throws IOException {
        return content.size() <= MAX_IN_HEAP ? Content.of(content.bytes()) : content;
    }

    private static ByteBuffer map(Content content) throws IOException {
        Path file = Files.createTempFile("serai-", ".jar");
        try (InputStream in = content.open();
                FileChannel channel = FileChannel.open(
                        file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE)) {
            long size = channel.transferFrom(Channels.newChannel(in), 0, Integer.MAX_VALUE);
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, size);
        }
    }
}
