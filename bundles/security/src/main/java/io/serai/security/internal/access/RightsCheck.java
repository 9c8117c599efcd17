package io.serai.security.internal.access;

import io.serai.api.security.Subject;
import io.serai.api.state.Content;
import io.serai.api.state.StatePath;
import io.serai.security.internal.directory.ApiKeySpec;
import io.serai.security.internal.directory.People;
import io.serai.security.internal.directory.SecurityPaths;
import io.serai.security.internal.directory.SecurityPaths.Target;
import io.serai.security.internal.role.Holding;
import io.serai.security.internal.role.Permission;
import io.serai.security.internal.role.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Whether a change gives rights that whoever makes it has not, as Kubernetes asks of those who write roles and bind them. A user,
 * role or key that may more than oneself is left alone altogether: whoever sets its password, or its secret, has all of it.
 *
 * @param people as they are
 * @param subject who makes the change
 */
record RightsCheck(People people, Subject subject) {

    /**
     * What is too much.
     *
     * @param object of which object
     * @param reason what is not held
     */
    record Excess(String object, String reason) {}

    /** Returns the first that is too much. */
    Optional<Excess> excess(Map<StatePath, Optional<Content>> targets) {
        Map<StatePath, Optional<Content>> concerned = new TreeMap<>(targets);
        concerned.keySet().removeIf(path -> SecurityPaths.target(path).isEmpty());
        if (concerned.isEmpty()) {
            return Optional.empty();
        }
        Holding holding = holding();
        if (holding.isEverything()) {
            return Optional.empty();
        }
        People after = people.with(concerned);
        return concerned.entrySet().stream()
                .flatMap(file -> SecurityPaths.target(file.getKey()).stream()
                        .flatMap(target -> excess(holding, after, target, file.getValue()).stream()))
                .findFirst();
    }

    /** Returns what is held; limits that are there no more permit nothing. */
    private Holding holding() {
        List<Role> limits = people.named(subject.limits());
        boolean nothing = !subject.limits().isEmpty() && limits.isEmpty();
        return new Holding(nothing ? List.of() : people.named(subject.roles()), limits);
    }

    private Optional<Excess> excess(Holding holding, People after, Target target, Optional<Content> content) {
        if (target.configuration()) {
            return Optional.of(
                    new Excess(target.toString(), "it says who may log in, for those who may do everything"));
        }
        List<List<Role>> wanted = new ArrayList<>();
        switch (target.kind()) {
            case "user" -> {
                wanted.add(people.rights(target.name()));
                wanted.add(after.rights(target.name()));
            }
            case "role" -> {
                wanted.add(people.named(List.of(target.name())));
                wanted.add(after.named(List.of(target.name())));
            }
            default -> SecurityPaths.key(target.name(), content)
                    .ifPresent(key -> wanted.add(rights(after, holding, key)));
        }
        return wanted.stream()
                .flatMap(roles -> holding.beyond(roles).stream())
                .findFirst()
                .map(permission -> new Excess(target.toString(), told(permission)));
    }

    /** Returns what a key permits at most: what its user may, or what it is limited to, if that is held. */
    private static List<Role> rights(People people, Holding holding, ApiKeySpec key) {
        List<Role> limits = people.named(key.limits());
        boolean limited = !key.limits().isEmpty() && holding.beyond(limits).isEmpty();
        return limited ? limits : people.rights(key.user());
    }

    private static String told(Permission permission) {
        return "it permits " + list(permission.verbs()) + " of " + list(permission.kinds())
                + (permission.names().isEmpty() ? "" : " called " + list(permission.names()))
                + ", which the user has not";
    }

    private static String list(Set<String> values) {
        return String.join(", ", values.stream().sorted().toList());
    }
}
