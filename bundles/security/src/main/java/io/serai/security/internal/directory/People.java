package io.serai.security.internal.directory;

import io.serai.api.state.CommitId;
import io.serai.api.state.Content;
import io.serai.api.state.StatePath;
import io.serai.security.internal.role.BuiltInRoles;
import io.serai.security.internal.role.Role;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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

    /** Returns what there would be with other objects, of which those that are not right change nothing. */
    public People with(Map<StatePath, Optional<Content>> targets) {
        Map<String, UserSpec> nextUsers = new HashMap<>(users);
        Map<String, Role> nextRoles = new HashMap<>(roles);
        targets.forEach((path, content) -> {
            ObjectFolder.put(nextUsers, UserSpec.KIND, UserSpec::of, path, content);
            ObjectFolder.put(nextRoles, RoleSpec.KIND, RoleSpec::of, path, content);
        });
        return new People(commit, nextUsers, nextRoles, keys);
    }

    static People of(
            CommitId commit, Map<String, UserSpec> users, Map<String, Role> custom, Map<String, ApiKeySpec> named) {
        Map<String, Role> roles = new HashMap<>(custom);
        roles.putAll(BuiltInRoles.all());
        Map<String, ApiKeySpec> keys = new HashMap<>();
        named.values().forEach(key -> key.secret().ifPresent(secret -> keys.put(secret.id(), key)));
        return new People(commit, users, roles, keys);
    }

    /** Returns the roles of these names that there are. */
    public List<Role> named(Collection<String> names) {
        return names.stream().map(roles::get).filter(Objects::nonNull).toList();
    }

    /** Returns what a user may do, whether it may log in or not; nothing if there is none. */
    public List<Role> rights(String user) {
        return Optional.ofNullable(users.get(user))
                .map(known -> named(roles(known)))
                .orElse(List.of());
    }

    /** Returns a user who may log in. */
    public Optional<UserSpec> active(String name) {
        return Optional.ofNullable(users.get(name)).filter(user -> !user.disabled());
    }

    /** Returns those of some groups that roles have, whoever is in them. */
    public Set<String> groups(Set<String> groups) {
        return roles.values().stream()
                .flatMap(role -> role.groups().stream())
                .filter(groups::contains)
                .collect(Collectors.toSet());
    }

    /** Returns the roles that somebody has by groups alone. */
    public Set<String> roles(Set<String> groups) {
        return roles(new UserSpec(Set.of(), groups, Optional.empty(), false));
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
