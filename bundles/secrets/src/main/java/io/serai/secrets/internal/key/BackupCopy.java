package io.serai.secrets.internal.key;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.AEADBadTagException;
import javax.crypto.SecretKey;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Keys as a text that a passphrase opens, to be kept outside of the cluster: {@code serai-secret-keys:1:<base64>}, of a salt and
 * of what AES-256-GCM made of the keys. The key of that comes of the passphrase by Argon2id (RFC 9106, its second recommended
 * option: 64 MiB, three passes, four lanes), because a copy may be guessed at for years.
 */
public final class BackupCopy {
    /** How short a passphrase may be. */
    public static final int MIN_PASSPHRASE = 12;

    private static final String BEGIN = "serai-secret-keys:1:";
    private static final int SALT_BYTES = 16;
    private static final int MEMORY_KIB = 64 * 1024;
    private static final int PASSES = 3;
    private static final int LANES = 4;
    private static final int MAX_CHARACTERS = 1024 * 1024;

    private BackupCopy() {}

    /** Writes keys. */
    public static String write(Collection<DataKey> keys, char[] passphrase) {
        byte[] clear = keys.stream()
                .sorted()
                .map(key -> key.id() + " " + key.created() + " "
                        + Base64.getEncoder().encodeToString(key.key().getEncoded()))
                .collect(Collectors.joining("\n"))
                .getBytes(StandardCharsets.UTF_8);
        byte[] salt = Aes.random(SALT_BYTES);
        byte[] sealed = Aes.seal(derive(passphrase, salt), BEGIN, clear);
        Arrays.fill(clear, (byte) 0);
        byte[] all = ByteBuffer.allocate(salt.length + sealed.length)
                .put(salt)
                .put(sealed)
                .array();
        return BEGIN + Base64.getEncoder().encodeToString(all);
    }

    /**
     * Reads keys.
     *
     * @throws SealException if it is no such text, or another passphrase opens it
     */
    public static List<DataKey> read(String copy, char[] passphrase) throws SealException {
        String text = copy.strip();
        try {
            if (!text.startsWith(BEGIN) || text.length() > MAX_CHARACTERS) {
                throw new IllegalArgumentException("begins with something else");
            }
            byte[] all = Base64.getDecoder().decode(text.substring(BEGIN.length()));
            byte[] salt = Arrays.copyOf(all, SALT_BYTES);
            byte[] sealed = Arrays.copyOfRange(all, Math.min(SALT_BYTES, all.length), all.length);
            byte[] clear = Aes.open(derive(passphrase, salt), BEGIN, sealed);
            return keys(new String(clear, StandardCharsets.UTF_8));
        } catch (AEADBadTagException e) {
            throw new SealException("the passphrase is another one, or the copy was changed; nothing was restored", e);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new SealException(
                    "this is no backup of keys; it begins with " + BEGIN + " and is one line, as back-up has given it",
                    e);
        }
    }

    private static List<DataKey> keys(String text) {
        List<DataKey> keys = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            List<String> parts = List.of(line.split(" ", -1));
            keys.add(new DataKey(
                    parts.get(0),
                    Instant.parse(parts.get(1)),
                    Aes.key(Base64.getDecoder().decode(parts.get(2)))));
        }
        return keys;
    }

    private static SecretKey derive(char[] passphrase, byte[] salt) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(MEMORY_KIB)
                .withIterations(PASSES)
                .withParallelism(LANES)
                .withSalt(salt)
                .build());
        byte[] key = new byte[Aes.KEY_BYTES];
        generator.generateBytes(passphrase, key);
        return Aes.key(key);
    }
}
