package io.serai.security.internal.role;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What somebody may do, as far as it can be compared with what somebody else is to be given.
 *
 * @param roles of which one must permit it
 * @param limits of which one must permit it as well; empty if there are none
 */
public record Holding(List<Role> roles, List<Role> limits) {
    /** Stands for kinds and verbs that nobody has named. */
    private static final String OTHER = "\0";

    /** Copies the lists. */
    public Holding {
        roles = List.copyOf(roles);
        limits = List.copyOf(limits);
    }

    /** Returns the first permission that reaches further; empty if all is held. */
    public Optional<Permission> beyond(Collection<Role> wanted) {
        return wanted.stream()
                .flatMap(role -> role.permissions().stream())
                .filter(permission -> !covers(roles, permission) || !(limits.isEmpty() || covers(limits, permission)))
                .findFirst();
    }

    /** Returns whether everything is permitted that there is and will be. */
    public boolean isEverything() {
        Role everything = new Role(
                "", List.of(new Permission(Set.of(Permission.ANY), Set.of(Permission.ANY), Set.of())), Set.of());
        return beyond(List.of(everything)).isEmpty();
    }

    /** Looks at each kind and verb that is named somewhere, and at one that is not, which stands for all others. */
    private static boolean covers(Collection<Role> roles, Permission wanted) {
        List<Permission> held =
                roles.stream().flatMap(role -> role.permissions().stream()).toList();
        Set<String> kinds = new HashSet<>(Set.of(OTHER));
        Set<String> verbs = new HashSet<>(Set.of(OTHER));
        named(wanted, kinds, verbs);
        held.forEach(permission -> named(permission, kinds, verbs));
        Set<String> names = wanted.names().isEmpty() ? Set.of(Permission.ANY) : wanted.names();
        return kinds.stream().filter(wanted::hasKind).allMatch(kind -> verbs.stream()
                .filter(wanted::hasVerb)
                .allMatch(verb -> names.stream().allMatch(name -> held.stream()
                        .anyMatch(permission ->
                                permission.hasKind(kind) && permission.hasVerb(verb) && permission.hasNames(name)))));
    }

    private static void named(Permission permission, Set<String> kinds, Set<String> verbs) {
        permission.kinds().stream()
                .map(kind -> kind.startsWith(Permission.NOT) ? kind.substring(1) : kind)
                .filter(kind -> !kind.equals(Permission.ANY))
                .forEach(kinds::add);
        permission.verbs().stream().filter(verb -> !verb.equals(Permission.ANY)).forEach(verbs::add);
    }
}
