package io.serai.secrets.internal.key;

import io.serai.api.object.ObjectCodec;
import io.serai.api.object.ObjectDocument;
import io.serai.api.object.ObjectKey;
import io.serai.api.state.Content;
import io.serai.api.state.StatePath;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.AEADBadTagException;
import javax.crypto.SecretKey;

/**
 * A key as the state has it, {@code objects/secret-key/<id>.yaml}: wrapped with a key that all nodes have and the state has not.
 *
 * @param id its id
 * @param created when it was made
 * @param wrapped itself, enciphered, in base64
 */
record KeyFile(String id, Instant created, String wrapped) {
    /** The kind of object. */
    static final String KIND = "secret-key";

    private static final String FOLDER = "objects/" + KIND;
    private static final String SUFFIX = ".yaml";
    private static final String CREATED = "created";
    private static final String WRAPPED = "wrapped";

    KeyFile {
        if (Base64.getDecoder().decode(wrapped).length < Aes.KEY_BYTES) {
            throw new IllegalArgumentException("A wrapped key is longer");
        }
    }

    /** Wraps a key. */
    static KeyFile wrap(DataKey key, SecretKey wrapping) {
        byte[] wrapped = Aes.seal(wrapping, context(key.id()), key.key().getEncoded());
        return new KeyFile(key.id(), key.created(), Base64.getEncoder().encodeToString(wrapped));
    }

    /**
     * Returns the key.
     *
     * @throws AEADBadTagException if it was wrapped with another one
     */
    DataKey unwrap(SecretKey wrapping) throws AEADBadTagException {
        return new DataKey(
                id,
                created,
                Aes.key(Aes.open(wrapping, context(id), Base64.getDecoder().decode(wrapped))));
    }

    private static String context(String id) {
        return "io.serai.secrets 1 " + KIND + "/" + id;
    }

    /** Returns where it is. */
    static StatePath path(String id) {
        return StatePath.of(FOLDER, id + SUFFIX);
    }

    /** Returns whether a path, below its layer or in the tree, is that of a key. */
    static boolean isPath(StatePath path) {
        return path.isBelow(FOLDER)
                && path.segments().size() == 3
                && path.value().endsWith(SUFFIX);
    }

    /** Returns the first path that a key can have, and the first that comes after all of them. */
    static List<StatePath> range() {
        // 0 comes after /
        return List.of(path("0"), new StatePath(FOLDER + "0"));
    }

    /**
     * Reads one.
     *
     * @param spec of the file at a path
     * @throws IllegalArgumentException saying what is wrong
     */
    static KeyFile read(StatePath path, Map<String, Object> spec) {
        String name = path.fileName();
        String id = name.substring(0, name.length() - SUFFIX.length());
        if (!DataKey.isId(id) || !spec.keySet().equals(Set.of(CREATED, WRAPPED))) {
            throw new IllegalArgumentException(path + " is no key: its name has eight hexadecimal digits, and its spec "
                    + CREATED + " and " + WRAPPED);
        }
        try {
            return new KeyFile(id, Instant.parse(String.valueOf(spec.get(CREATED))), String.valueOf(spec.get(WRAPPED)));
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new IllegalArgumentException(path + " is no key: " + CREATED + " or " + WRAPPED + " is broken", e);
        }
    }

    /** Writes it. */
    Content write(ObjectCodec codec) {
        Map<String, Object> spec = Map.of(CREATED, created.toString(), WRAPPED, wrapped);
        return Content.of(codec.yaml(List.of(new ObjectDocument(ObjectKey.of(KIND, id), spec))));
    }
}
