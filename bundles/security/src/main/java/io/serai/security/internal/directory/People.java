package io.serai.security.internal.directory;

import io.serai.api.state.CommitId;
import io.serai.security.internal.role.BuiltInRoles;
import io.serai.security.internal.role.Role;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Users, roles and keys as of one commit.
 *
 * @param commit which
 * @param users by name
 * @param roles by name, those built in included
 * @param keys those that have a secret, by the id of it
 */
public record People(
        CommitId commit, Map<String, UserSpec> users, Map<String, Role> roles, Map<String, ApiKeySpec> keys) {

    static People of(
            CommitId commit, Map<String, UserSpec> users, Map<String, Role> custom, Map<String, ApiKeySpec> named) {
        Map<String, Role> roles = new HashMap<>(custom);
        roles.putAll(BuiltInRoles.all());
        Map<String, ApiKeySpec> keys = new HashMap<>();
        named.values().forEach(key -> key.secret().ifPresent(secret -> keys.put(secret.id(), key)));
        return new People(commit, users, roles, keys);
    }

    /** Returns a user who may log in. */
    public Optional<UserSpec> active(String name) {
        return Optional.ofNullable(users.get(name)).filter(user -> !user.disabled());
    }

    /** Returns the roles that a user has, of itself or by one of its groups. */
    public Set<String> roles(UserSpec user) {
        Set<String> names = new HashSet<>(user.roles());
        roles.forEach((name, role) -> {
            if (role.groups().stream().anyMatch(user.groups()::contains)) {
                names.add(name);
            }
        });
        return names;
    }
}
