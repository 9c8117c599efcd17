package io.serai.secrets.internal.key;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256 in Galois/Counter Mode (NIST SP 800-38D): a random nonce of 96 bits, what was enciphered, a tag of 128 bits. One key
 * takes 2^32 random nonces (section 8.3), far more than there are secrets.
 */
public final class Aes {
    /** How long a key is. */
    public static final int KEY_BYTES = 32;

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Aes() {}

    /** Returns bytes that nobody can guess. */
    public static byte[] random(int count) {
        byte[] bytes = new byte[count];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    /** Returns the key of these bytes. */
    public static SecretKey key(byte[] bytes) {
        if (bytes.length != KEY_BYTES) {
            throw new IllegalArgumentException("A key has " + KEY_BYTES + " bytes, not " + bytes.length);
        }
        return new SecretKeySpec(bytes, "AES");
    }

    /**
     * Enciphers.
     *
     * @param context what it is for; only who says the same can decipher it
     */
    public static byte[] seal(SecretKey key, String context, byte[] clear) {
        byte[] nonce = random(NONCE_BYTES);
        try {
            byte[] enciphered = cipher(Cipher.ENCRYPT_MODE, key, nonce, context).doFinal(clear);
            byte[] sealed = Arrays.copyOf(nonce, NONCE_BYTES + enciphered.length);
            System.arraycopy(enciphered, 0, sealed, NONCE_BYTES, enciphered.length);
            return sealed;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no AES/GCM", e);
        }
    }

    /**
     * Deciphers.
     *
     * @throws AEADBadTagException if it was enciphered with another key or for another purpose, or was changed
     */
    public static byte[] open(SecretKey key, String context, byte[] sealed) throws AEADBadTagException {
        if (sealed.length < NONCE_BYTES + TAG_BITS / Byte.SIZE) {
            throw new AEADBadTagException("It is cut off");
        }
        try {
            return cipher(Cipher.DECRYPT_MODE, key, Arrays.copyOf(sealed, NONCE_BYTES), context)
                    .doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
        } catch (AEADBadTagException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no AES/GCM", e);
        }
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] nonce, String context)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(context.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
