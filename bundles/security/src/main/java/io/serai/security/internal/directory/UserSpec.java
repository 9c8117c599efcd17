package io.serai.security.internal.directory;

import io.serai.security.internal.password.PasswordHash;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A user as the state has one.
 *
 * @param roles the names of the roles that were given
 * @param groups the names of the groups
 * @param password what is kept of the password; empty for somebody who cannot log in with one
 * @param disabled whether the user may not log in at all
 */
public record UserSpec(Set<String> roles, Set<String> groups, Optional<PasswordHash> password, boolean disabled) {
    /** The kind. */
    public static final String KIND = "user";

    /** The key of the password, which is never kept. */
    public static final String PASSWORD = "password";

    /** The key of what is kept of it. */
    public static final String PASSWORD_HASH = "passwordHash";

    /** The key of the roles. */
    public static final String ROLES = "roles";

    // can be the author of a commit, and the name of HTTP Basic; nothing that looks like another line or field of a log
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._@+-]{0,62}");
    private static final Set<String> KEYS =
            Set.of("fullName", "email", ROLES, "groups", PASSWORD_HASH, "disabled", PASSWORD);

    /** Copies the sets. */
    public UserSpec {
        roles = Set.copyOf(roles);
        groups = Set.copyOf(groups);
    }

    /** Returns whether somebody can have a name. */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /** Reads a spec as it is kept; refuses a password in clear. */
    public static UserSpec of(String name, Map<String, Object> spec) {
        if (!isName(name)) {
            throw new SpecException(
                    "/name",
                    "'" + name + "' cannot be the name of a user; use 1 to 63 letters, digits,"
                            + " dots, hyphens, underscores, @ or +, beginning with a letter or digit");
        }
        SpecReader reader = new SpecReader("/spec", spec, KEYS);
        if (reader.text(PASSWORD).isPresent()) {
            throw reader.refusal(
                    PASSWORD,
                    "is in clear, and the state is no place for it; change it by the API or the command line");
        }
        reader.text("fullName");
        reader.text("email");
        Optional<String> hash = reader.text(PASSWORD_HASH);
        Optional<PasswordHash> password = hash.flatMap(PasswordHash::parse);
        if (hash.isPresent() && password.isEmpty()) {
            throw reader.refusal(PASSWORD_HASH, "is no hash by Argon2id at a cost that a login can bear");
        }
        return new UserSpec(reader.texts(ROLES), reader.texts("groups"), password, reader.flag("disabled"));
    }
}
