package io.serai.security.internal.directory;

import java.util.Set;

/**
 * Somebody whom the cluster knows by another directory only.
 *
 * @param name as that directory has it
 * @param groups which roles may have as theirs
 */
public record Outsider(String name, Set<String> groups) {
    /** Copies the set. */
    public Outsider {
        groups = Set.copyOf(groups);
    }
}
