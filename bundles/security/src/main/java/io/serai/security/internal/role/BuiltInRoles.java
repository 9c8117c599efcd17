package io.serai.security.internal.role;

import io.serai.api.security.AccessControl;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The roles that each cluster has, and nobody changes. Each of them may do what the one before may. */
public final class BuiltInRoles {
    /** The kind of the whole state as a Git repository, which shows everything, hashes of passwords included. */
    public static final String STATE = "state";

    private static final Role VIEWER = new Role(
            "Reads everything but the audit log, and what protects secrets",
            List.of(new Permission(
                    Set.of(Permission.ANY, "!audit", "!api-key", "!credential", "!join-token", "!" + STATE),
                    Set.of(AccessControl.READ),
                    Set.of())),
            Set.of());
    private static final Role OPERATOR = new Role(
            "Runs what is there: invokes, probes, drains, rolls back",
            List.of(
                    VIEWER.permissions().get(0),
                    new Permission(
                            Set.of(
                                    Permission.ANY,
                                    "!user",
                                    "!role",
                                    "!api-key",
                                    "!credential",
                                    "!certificate",
                                    "!join-token",
                                    "!audit",
                                    "!" + STATE),
                            Set.of("invoke", "rollback", "drain", "undrain", "probe", "resolve", "retry", "refresh"),
                            Set.of())),
            Set.of());
    private static final Role DEVELOPER = new Role(
            "Deploys, and configures channels and everything else but who may do what",
            List.of(
                    VIEWER.permissions().get(0),
                    OPERATOR.permissions().get(1),
                    new Permission(Set.of(STATE), Set.of(AccessControl.READ), Set.of()),
                    new Permission(
                            Set.of(
                                    Permission.ANY,
                                    "!user",
                                    "!role",
                                    "!api-key",
                                    "!credential",
                                    "!certificate",
                                    "!join-token",
                                    "!node",
                                    "!group",
                                    "!audit",
                                    "!" + STATE),
                            Set.of(AccessControl.WRITE, AccessControl.DELETE),
                            Set.of())),
            Set.of());
    private static final Role ADMIN = new Role(
            "Everything", List.of(new Permission(Set.of(Permission.ANY), Set.of(Permission.ANY), Set.of())), Set.of());

    /** The name of the role that may do everything. */
    public static final String ADMIN_NAME = "admin";

    private static final Map<String, Role> ALL =
            Map.of("viewer", VIEWER, "operator", OPERATOR, "developer", DEVELOPER, ADMIN_NAME, ADMIN);

    private BuiltInRoles() {}

    /** Returns all of them by name. */
    public static Map<String, Role> all() {
        return new TreeMap<>(ALL);
    }

    /** Returns whether a role is one of them. */
    public static boolean has(String name) {
        return ALL.containsKey(name);
    }
}
