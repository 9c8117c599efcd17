package io.serai.admin.internal.login;

import java.util.Set;

/**
 * Who sent a request.
 *
 * @param name the user
 * @param roles what the user may do
 * @param from the address of the request
 */
public record Account(String name, Set<String> roles, String from) {
    private static final String ADMIN = "admin";
    private static final String VIEWER = "viewer";

    /** Copies the set. */
    public Account {
        roles = Set.copyOf(roles);
    }

    /** Returns whether the user may see the state. */
    public boolean mayRead() {
        return roles.contains(VIEWER) || mayChange();
    }

    /** Returns whether the user may change the state. */
    public boolean mayChange() {
        return roles.contains(ADMIN);
    }
}
