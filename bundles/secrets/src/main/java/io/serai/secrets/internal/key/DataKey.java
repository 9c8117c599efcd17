package io.serai.secrets.internal.key;

import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Objects;
import javax.crypto.SecretKey;

/**
 * A key that secrets are sealed with.
 *
 * @param id which: eight hexadecimal digits
 * @param created when it was made; the newest seals, all of them open
 * @param key itself, for AES-256
 */
public record DataKey(String id, Instant created, SecretKey key) implements Comparable<DataKey> {
    private static final int ID_BYTES = 4;
    private static final Comparator<DataKey> ORDER =
            Comparator.comparing(DataKey::created).thenComparing(DataKey::id);

    /** Checks. */
    public DataKey {
        Objects.requireNonNull(created, "created");
        Objects.requireNonNull(key, "key");
        if (!isId(id)) {
            throw new IllegalArgumentException("'" + id + "' is no id of a key; it has eight hexadecimal digits");
        }
    }

    /** Makes one. */
    public static DataKey random(Instant now) {
        return new DataKey(HexFormat.of().formatHex(Aes.random(ID_BYTES)), now, Aes.key(Aes.random(Aes.KEY_BYTES)));
    }

    /** Returns whether a text can be an id. */
    public static boolean isId(String text) {
        return text.matches("[0-9a-f]{8}");
    }

    @Override
    public int compareTo(DataKey other) {
        return ORDER.compare(this, other);
    }

    /** Leaves the key out. */
    @Override
    public String toString() {
        return "DataKey[id=" + id + ", created=" + created + "]";
    }
}
