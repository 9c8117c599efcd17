package io.serai.access.internal.credential;

import java.util.List;
import java.util.Set;

/**
 * A credential as the state has one. The same object as long as its file stays the same.
 *
 * @param limits the names of the rate limits that hold for it on all channels
 */
public record Credential(String name, Set<String> groups, Standing standing, List<String> limits, Proof proof) {
    /** The kind. */
    public static final String KIND = "credential";

    /** Copies the set. */
    public Credential {
        groups = Set.copyOf(groups);
        limits = List.copyOf(limits);
    }

    /**
     * Whether it counts.
     *
     * @param expires when it ends, in milliseconds of the epoch; the largest number for never
     */
    public record Standing(long expires, boolean disabled) {}
}
