package io.serai.secrets.internal.key;

import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.crypto.AEADBadTagException;

/**
 * The keys of the cluster. Immutable.
 *
 * @param keys those that can be used, by id
 * @param foreign the ids of those that another cluster has wrapped
 */
public record Keyring(Map<String, DataKey> keys, Set<String> foreign) {
    /** Copies. */
    public Keyring {
        keys = Map.copyOf(keys);
        foreign = Set.copyOf(foreign);
    }

    /** Returns the one that seals: the newest. */
    public Optional<DataKey> newest() {
        return keys.values().stream().max(DataKey::compareTo);
    }

    /** Returns the same with another key. */
    public Keyring with(DataKey key) {
        Map<String, DataKey> all = new TreeMap<>(keys);
        all.put(key.id(), key);
        Set<String> others = new TreeSet<>(foreign);
        others.remove(key.id());
        return new Keyring(all, others);
    }

    /** Returns the same without a key. */
    public Keyring without(String id) {
        Map<String, DataKey> all = new TreeMap<>(keys);
        all.remove(id);
        return new Keyring(all, foreign);
    }

    /**
     * Seals a value.
     *
     * @param owner the object that has it, as {@code secret/db}
     */
    public static Sealed seal(DataKey key, String owner, char[] value) {
        byte[] clear = ClearText.encode(value);
        try {
            return Sealed.of(key, Aes.seal(key.key(), context(owner), clear));
        } finally {
            Arrays.fill(clear, (byte) 0);
        }
    }

    /**
     * Opens a value.
     *
     * @throws SealException if its key is missing, or it is not what was sealed for this object
     */
    public char[] open(Sealed sealed, String owner) throws SealException {
        DataKey key = keys.get(sealed.key());
        if (key == null) {
            String why = foreign.contains(sealed.key())
                    ? "belongs to another cluster; restore it from its backup: serai secret-key restore"
                    : "is missing; restore it from a backup, or give the value anew";
            throw new SealException("the key " + sealed.key() + ", which it was sealed with, " + why, null);
        }
        try {
            byte[] clear = Aes.open(key.key(), context(owner), sealed.bytes());
            char[] value = ClearText.decode(clear);
            Arrays.fill(clear, (byte) 0);
            return value;
        } catch (AEADBadTagException | CharacterCodingException e) {
            throw new SealException(
                    "what the state has is not what was sealed for " + owner + "; give the value anew", e);
        }
    }

    private static String context(String owner) {
        return "io.serai.secrets 1 " + owner;
    }
}
