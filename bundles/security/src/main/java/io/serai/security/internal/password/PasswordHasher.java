package io.serai.security.internal.password;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** Hashes passwords, by Argon2id of BouncyCastle; the cost that is the default is OWASP's. Thread-safe. */
public final class PasswordHasher {
    private static final int MAX_BYTES_OF_CHARACTER = 3;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final HashCost cost;
    private final PasswordHash nobody;

    /** Makes one. */
    public PasswordHasher(HashCost cost) {
        this.cost = cost;
        // no password has this hash; making a real one would take a tenth of the start of a node
        this.nobody = new PasswordHash(cost, random(PasswordHash.SALT_BYTES), random(PasswordHash.HASH_BYTES));
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    /** Returns what is to be kept of a new password. */
    public PasswordHash hash(char[] password) {
        byte[] salt = random(PasswordHash.SALT_BYTES);
        return new PasswordHash(cost, salt, argon2(password, salt, cost));
    }

    /** Returns the hash of the same password at the cost that new ones have; the salt stays, so that sessions do. */
    public PasswordHash renew(char[] password, PasswordHash before) {
        return new PasswordHash(cost, before.salt(), argon2(password, before.salt(), cost));
    }

    /** Returns whether a hash is of another cost than new ones. */
    public boolean isOutdated(PasswordHash hash) {
        return !hash.cost().equals(cost);
    }

    /** Returns whether it is the password of a hash; takes as long either way. */
    public boolean verify(char[] password, PasswordHash kept) {
        return MessageDigest.isEqual(argon2(password, kept.salt(), kept.cost()), kept.hash());
    }

    /** Returns a hash that is nobody's, to be compared with where there is none, so that this takes as long. */
    public PasswordHash nobody() {
        return nobody;
    }

    private static byte[] argon2(char[] password, byte[] salt, HashCost cost) {
        byte[] bytes = encode(password);
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(cost.memoryKib())
                .withIterations(cost.iterations())
                .withParallelism(cost.lanes())
                .withSalt(salt)
                .build());
        byte[] hash = new byte[PasswordHash.HASH_BYTES];
        generator.generateBytes(bytes, hash);
        Arrays.fill(bytes, (byte) 0);
        return hash;
    }

    /** Returns the bytes of a password; not by way of a text, which nobody could overwrite. */
    private static byte[] encode(char[] password) {
        ByteBuffer buffer = ByteBuffer.allocate(password.length * MAX_BYTES_OF_CHARACTER);
        StandardCharsets.UTF_8
                .newEncoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .encode(CharBuffer.wrap(password), buffer, true);
        byte[] bytes = Arrays.copyOf(buffer.array(), buffer.position());
        Arrays.fill(buffer.array(), (byte) 0);
        return bytes;
    }
}
