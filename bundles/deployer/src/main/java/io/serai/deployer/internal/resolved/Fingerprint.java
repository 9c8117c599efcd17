package io.serai.deployer.internal.resolved;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Which bytes they are.
 *
 * @param sha256 64 hexadecimal digits in lower case
 * @param size the number of bytes
 */
record Fingerprint(String sha256, long size) {
    private static final String DIGITS = "[0-9a-f]{64}";

    Fingerprint {
        if (!isHash(sha256) || size < 0) {
            throw new IllegalArgumentException(
                    "'" + sha256 + "' with " + size + " bytes is no fingerprint; a SHA-256 has 64 hexadecimal digits");
        }
    }

    static boolean isHash(String text) {
        return text.matches(DIGITS);
    }

    /** Returns which bytes a stream has, to its end. */
    static Fingerprint of(InputStream in) throws IOException {
        return copy(in, OutputStream.nullOutputStream());
    }

    /** Copies a stream to its end; returns which bytes it had. */
    static Fingerprint copy(InputStream in, OutputStream out) throws IOException {
        MessageDigest digest = digest();
        long size = new DigestInputStream(in, digest).transferTo(out);
        return new Fingerprint(HexFormat.of().formatHex(digest.digest()), size);
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    @Override
    public String toString() {
        return "SHA-256 " + sha256 + " (" + size + " bytes)";
    }
}
