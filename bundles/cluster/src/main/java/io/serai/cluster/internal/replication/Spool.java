package io.serai.cluster.internal.replication;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is written before it is sent: in memory while it is short, then in a temporary file that goes when it is closed. */
final class Spool extends OutputStream {
    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);

    private final int memoryBytes;
    private ByteArrayOutputStream memory = new ByteArrayOutputStream();
    private @Nullable FileChannel file;
    private long size;

    Spool(int memoryBytes) {
        this.memoryBytes = memoryBytes;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        memory.write(bytes, offset, length);
        size += length;
        if (memory.size() > memoryBytes) {
            spill();
        }
    }

    private void spill() throws IOException {
        if (file == null) {
            Path path = Files.createTempFile("serai-pack", ".tmp");
            file = FileChannel.open(
                    path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        }
        ByteBuffer bytes = ByteBuffer.wrap(memory.toByteArray());
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
        memory = new ByteArrayOutputStream();
    }

    long size() {
        return size;
    }

    /** Returns the bytes from an offset on, so many or as many as there are. Nothing is written after the first call. */
    ByteBuffer read(long offset, int length) throws IOException {
        int wanted = (int) Math.max(0, Math.min(length, size - offset));
        FileChannel channel = file;
        if (channel == null) {
            return ByteBuffer.wrap(memory.toByteArray(), (int) offset, wanted);
        }
        if (memory.size() > 0) {
            spill();
        }
        ByteBuffer bytes = ByteBuffer.allocate(wanted);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, offset + bytes.position()) < 0) {
                throw new IOException("A temporary file became shorter");
            }
        }
        return bytes.flip();
    }

    @Override
    public void close() {
        if (file != null) {
            try {
                file.close();
            } catch (IOException e) {
                LOG.warn("Could not remove a temporary file of a transfer", e);
            }
        }
    }
}
