package io.serai.deployer.internal.build;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipEntry;

/**
 * Reads the entries of one archive, trusting no size it states. Nothing in it is taken for an archive itself. For one
 * thread; close it to free the native memory of the inflater.
 */
final class ArchiveReader implements AutoCloseable {
    /** Below it, no ratio is suspicious: a page of spaces is 1,000 times smaller when it is compressed. */
    private static final long HARMLESS_BYTES = 64L << 20;

    /** Class files shrink to a half or a third, text to a tenth; a deflated bomb is at 1,000. */
    private static final long MAX_RATIO = 100;

    private static final long MAX_BYTES = 2L << 30;
    private static final int BUFFER_BYTES = 4 << 10;

    private final Archive archive;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private long budget;

    ArchiveReader(Archive archive) {
        this.archive = archive;
        long compressed = archive.bytes().limit();
        this.budget = Math.min(MAX_BYTES, Math.max(HARMLESS_BYTES, compressed * MAX_RATIO));
    }

    /** Receives the bytes of an entry. */
    private interface Sink {
        void accept(int length) throws ArchiveException;
    }

    /** Reads all entries, to find what is damaged and what inflates without bounds. */
    void checkAll() throws ArchiveException {
        for (ArchiveEntry entry : archive.entries()) {
            read(entry, length -> {});
        }
    }

    /** Returns the bytes of an entry, which is refused if it has more than a limit. */
    byte[] bytes(ArchiveEntry entry, int limit) throws ArchiveException {
        if (entry.size() > limit) {
            throw new ArchiveException("entry " + entry.name() + " has more than " + limit + " bytes");
        }
        byte[] bytes = new byte[entry.size()];
        int[] filled = new int[1];
        read(entry, length -> {
            System.arraycopy(buffer, 0, bytes, filled[0], length);
            filled[0] += length;
        });
        return Arrays.copyOf(bytes, filled[0]);
    }

    private void read(ArchiveEntry entry, Sink sink) throws ArchiveException {
        ByteBuffer data = archive.bytes().slice(entry.data(), entry.compressed());
        crc.reset();
        long size = entry.method() == ZipEntry.STORED ? copy(data, entry, sink) : inflate(data, entry, sink);
        if (size != entry.size() || (int) crc.getValue() != entry.crc()) {
            throw damaged(entry);
        }
    }

    private long copy(ByteBuffer data, ArchiveEntry entry, Sink sink) throws ArchiveException {
        if (entry.compressed() != entry.size()) {
            throw damaged(entry);
        }
        while (data.hasRemaining()) {
            int length = Math.min(buffer.length, data.remaining());
            data.get(buffer, 0, length);
            take(length, entry, sink);
        }
        return entry.size();
    }

    private long inflate(ByteBuffer data, ArchiveEntry entry, Sink sink) throws ArchiveException {
        inflater.reset();
        inflater.setInput(data);
        long size = 0;
        try {
            while (!inflater.finished()) {
                int length = inflater.inflate(buffer);
                size += length;
                boolean stuck = length == 0 && !inflater.finished();
                if (stuck || size > entry.size()) {
                    throw damaged(entry);
                }
                take(length, entry, sink);
            }
        } catch (DataFormatException e) {
            throw damaged(entry);
        }
        return data.hasRemaining() ? -1 : size;
    }

    private void take(int length, ArchiveEntry entry, Sink sink) throws ArchiveException {
        budget -= length;
        if (budget < 0) {
            throw new ArchiveException("it is a zip bomb: at entry " + entry.name() + " it has inflated to more than "
                    + MAX_RATIO + " times its size");
        }
        crc.update(buffer, 0, length);
        sink.accept(length);
    }

    private static ArchiveException damaged(ArchiveEntry entry) {
        return new ArchiveException("entry " + entry.name() + " is damaged; copy the file again");
    }

    @Override
    public void close() {
        inflater.end();
    }
}
