package io.serai.deployer.internal.folder;

import io.serai.api.state.BlobId;
import io.serai.api.state.Content;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The identity that Git gives to content: SHA-1 over {@code blob <size>}, a zero byte, and the bytes. */
public final class BlobIds {
    private BlobIds() {}

    /** Returns the identity of content, which is read once from start to end. */
    public static BlobId of(Content content) throws IOException {
        MessageDigest sha1 = sha1();
        long size = content.size();
        sha1.update(("blob " + size + "\0").getBytes(StandardCharsets.US_ASCII));
        try (InputStream in = content.open();
                OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), sha1)) {
            if (in.transferTo(out) != size) {
                throw new IOException("it changed while it was read");
            }
        }
        return new BlobId(HexFormat.of().formatHex(sha1.digest()));
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-1", e);
        }
    }
}
