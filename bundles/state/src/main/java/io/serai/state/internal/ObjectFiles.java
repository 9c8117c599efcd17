package io.serai.state.internal;

import io.serai.api.state.BlobId;
import io.serai.api.state.Content;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SortedSet;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import org.eclipse.jgit.lib.ObjectId;

/** Names, and check sums, of what is in the object store, as the Git formats define them. */
final class ObjectFiles {
    private static final int HASH = 20;
    // gitformat-pack: header and fan-out of an index of version 2, and its two check sums
    private static final int MIN_INDEX = 8 + 4 * 256 + 2 * HASH;
    private static final int MIN_PACK = 12 + HASH;
    private static final int BUFFER = 64 * 1024;

    private ObjectFiles() {}

    /** Returns the id that Git gives to content. */
    static BlobId blobId(Content content) throws IOException {
        MessageDigest digest = sha1();
        digest.update(("blob " + content.size() + "\0").getBytes(StandardCharsets.US_ASCII));
        try (InputStream in = content.open()) {
            update(digest, in, content.size());
        }
        return new BlobId(HexFormat.of().formatHex(digest.digest()));
    }

    /** Returns what JGit makes of the ids in a pack to name it. */
    static String packName(SortedSet<ObjectId> ids) {
        MessageDigest digest = sha1();
        byte[] raw = new byte[HASH];
        for (ObjectId id : ids) {
            id.copyRawTo(raw, 0);
            digest.update(raw);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Returns whether a loose object inflates to what its name says. */
    static boolean isIntactLoose(Path file, String name) throws IOException {
        MessageDigest digest = sha1();
        try (InputStream in = new InflaterInputStream(Files.newInputStream(file))) {
            update(digest, in, Long.MAX_VALUE);
        } catch (ZipException | EOFException e) {
            return false;
        }
        return HexFormat.of().formatHex(digest.digest()).equals(name);
    }

    /**
     * Returns whether a pack has an index that was made for it, and its end; if {@code thorough}, also whether all its
     * bytes are as they were written.
     */
    static boolean isIntactPack(Path pack, boolean thorough) throws IOException {
        Path index = pack.resolveSibling(pack.getFileName().toString().replace(".pack", ".idx"));
        if (!Files.exists(index) || Files.size(index) < MIN_INDEX || Files.size(pack) < MIN_PACK) {
            return false;
        }
        byte[] expected = tail(index, 2 * HASH, HASH);
        if (!Arrays.equals(expected, tail(pack, HASH, HASH))) {
            return false;
        }
        return !thorough || (endsWithItsSum(pack) && endsWithItsSum(index));
    }

    /** Returns the check sum at the end of a pack. */
    static byte[] sum(Path pack) throws IOException {
        return tail(pack, HASH, HASH);
    }

    private static boolean endsWithItsSum(Path file) throws IOException {
        MessageDigest digest = sha1();
        try (InputStream in = Files.newInputStream(file)) {
            update(digest, in, Files.size(file) - HASH);
        }
        return Arrays.equals(digest.digest(), tail(file, HASH, HASH));
    }

    private static void update(MessageDigest digest, InputStream in, long length) throws IOException {
        byte[] buffer = new byte[(int) Math.min(BUFFER, length)];
        long left = length;
        int read;
        while (left > 0 && (read = in.read(buffer, 0, (int) Math.min(buffer.length, left))) >= 0) {
            digest.update(buffer, 0, read);
            left -= read;
        }
    }

    private static byte[] tail(Path file, int fromEnd, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        try (FileChannel channel = FileChannel.open(file)) {
            channel.read(bytes, channel.size() - fromEnd);
        }
        return bytes.array();
    }

    static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-1", e);
        }
    }
}
