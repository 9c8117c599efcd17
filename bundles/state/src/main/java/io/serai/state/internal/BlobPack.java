package io.serai.state.internal;

import io.serai.api.state.BlobId;
import io.serai.api.state.Content;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * A pack of one content, with its index, as gitformat-pack defines them. JGit would take three times as long, as it looks for
 * attacks on SHA-1; the node where somebody put the content has done that.
 */
final class BlobPack {
    private static final int BUFFER = 64 * 1024;
    private static final int VERSION = 2;
    private static final int INDEX_MAGIC = 0xff744f63;
    private static final int BLOB = 3;
    private static final int HEADER = 12;

    private final Path pack;
    private final CRC32 crc = new CRC32();

    /** Makes one that is written to a file. */
    BlobPack(Path pack) {
        this.pack = pack;
    }

    /** Writes the pack; returns whether the content is what its id says, or else the file is good for nothing. */
    boolean write(BlobId blob, Content content) throws IOException {
        MessageDigest id = ObjectFiles.sha1();
        id.update(("blob " + content.size() + "\0").getBytes(StandardCharsets.US_ASCII));
        MessageDigest sum = ObjectFiles.sha1();
        try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(pack), BUFFER)) {
            OutputStream summed = new DigestOutputStream(file, sum);
            summed.write(ByteBuffer.allocate(HEADER)
                    .put("PACK".getBytes(StandardCharsets.US_ASCII))
                    .putInt(VERSION)
                    .putInt(1)
                    .array());
            OutputStream object = new CheckedOutputStream(summed, crc);
            writeHeader(object, content.size());
            try (InputStream in = new DigestInputStream(content.open(), id)) {
                deflate(in, object);
            }
            file.write(sum.digest());
        }
        return HexFormat.of().formatHex(id.digest()).equals(blob.value());
    }

    /** Writes type and size: four bits of the size in the first byte, seven in each that follows. */
    private static void writeHeader(OutputStream out, long size) throws IOException {
        int next = BLOB << 4 | (int) (size & 0xf);
        for (long rest = size >>> 4; ; rest >>>= 7) {
            out.write(rest > 0 ? next | 0x80 : next);
            if (rest == 0) {
                return;
            }
            next = (int) (rest & 0x7f);
        }
    }

    private static void deflate(InputStream in, OutputStream out) throws IOException {
        Deflater deflater = new Deflater(Deflater.NO_COMPRESSION); // large contents are archives
        try {
            DeflaterOutputStream deflated = new DeflaterOutputStream(out, deflater, BUFFER);
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                deflated.write(buffer, 0, read);
            }
            deflated.finish();
        } finally {
            deflater.end();
        }
    }

    /** Writes the index of the pack that was written. */
    void writeIndex(BlobId blob, Path index) throws IOException {
        byte[] id = HexFormat.of().parseHex(blob.value());
        ByteBuffer bytes = ByteBuffer.allocate(8 + 256 * 4 + id.length + 8 + id.length);
        bytes.putInt(INDEX_MAGIC).putInt(VERSION);
        for (int first = 0; first < 256; first++) {
            bytes.putInt((id[0] & 0xff) <= first ? 1 : 0);
        }
        bytes.put(id).putInt((int) crc.getValue()).putInt(HEADER).put(ObjectFiles.sum(pack));
        try (OutputStream file = Files.newOutputStream(index)) {
            file.write(bytes.array());
            file.write(ObjectFiles.sha1().digest(bytes.array()));
        }
    }
}
