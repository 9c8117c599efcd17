package io.serai.api.security;

import java.util.Objects;
import java.util.Set;

/**
 * Who asks, once it is known.
 *
 * @param name the user
 * @param roles the names of the roles of the user
 * @param groups the groups that another directory says the user is in, of those that roles have; none for a user of the cluster
 * @param limits if not empty, what is asked must be permitted by one of these roles as well: the scope of a token
 * @param face what it came through: {@code rest}, {@code git}, {@code shell}, {@code folder}
 * @param from the address that it came from; {@code local} for the machine of the node itself
 */
public record Subject(
        String name, Set<String> roles, Set<String> groups, Set<String> limits, String face, String from) {
    /** Checks, and copies the sets. */
    public Subject {
        Objects.requireNonNull(name, "name");
        roles = Set.copyOf(roles);
        groups = Set.copyOf(groups);
        limits = Set.copyOf(limits);
        Objects.requireNonNull(face, "face");
        Objects.requireNonNull(from, "from");
    }

    /** Makes a user of the cluster. */
    public Subject(String name, Set<String> roles, Set<String> limits, String face, String from) {
        this(name, roles, Set.of(), limits, face, from);
    }
}
