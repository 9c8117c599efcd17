package io.serai.access.internal.credential;

import java.util.Set;

/**
 * A credential as the state has one. The same object as long as its file stays the same.
 *
 * @param expires when it ends, in milliseconds of the epoch; the largest number for never
 */
public record Credential(String name, Set<String> groups, long expires, boolean disabled, Proof proof) {
    /** The kind. */
    public static final String KIND = "credential";

    /** Copies the set. */
    public Credential {
        groups = Set.copyOf(groups);
    }
}
