package io.serai.security.internal.directory;

import io.serai.security.internal.role.BuiltInRoles;
import io.serai.security.internal.role.Permission;
import io.serai.security.internal.role.Role;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads roles that the state has. */
public final class RoleSpec {
    /** The kind. */
    public static final String KIND = "role";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
    private static final Pattern KIND_FORM = Pattern.compile("\\*|!?[a-z][a-z0-9-]{0,62}");
    private static final Pattern VERB_FORM = Pattern.compile("\\*|[a-z][a-z0-9-]{0,62}");
    private static final Set<String> KEYS = Set.of("description", "permissions", "groups");
    private static final Set<String> PERMISSION_KEYS = Set.of("kinds", "verbs", "names");

    private RoleSpec() {}

    /** Reads a spec as it is kept. */
    public static Role of(String name, Map<String, Object> spec) {
        if (!NAME.matcher(name).matches()) {
            throw new SpecException(
                    "/name",
                    "'" + name + "' cannot be the name of a role; use 1 to 63 letters, digits,"
                            + " dots, hyphens or underscores, beginning with a letter or digit");
        }
        if (BuiltInRoles.has(name)) {
            throw new SpecException("/name", "'" + name + "' is built in and stays as it is; choose another name");
        }
        SpecReader reader = new SpecReader("/spec", spec, KEYS);
        List<Permission> permissions = reader.parts("permissions", PERMISSION_KEYS).stream()
                .map(RoleSpec::permission)
                .toList();
        if (permissions.isEmpty()) {
            throw reader.refusal("permissions", "must have at least one");
        }
        return new Role(reader.text("description").orElse(""), permissions, reader.texts("groups"));
    }

    private static Permission permission(SpecReader reader) {
        return new Permission(
                checked(reader, "kinds", KIND_FORM, "kinds, with ! before those to leave out"),
                checked(reader, "verbs", VERB_FORM, "verbs"),
                reader.texts("names"));
    }

    private static Set<String> checked(SpecReader reader, String key, Pattern form, String what) {
        Set<String> values = reader.texts(key);
        if (values.isEmpty()
                || !values.stream().allMatch(value -> form.matcher(value).matches())) {
            throw reader.refusal(key, "must be a list of " + what + ", or of * for all");
        }
        return values;
    }
}
