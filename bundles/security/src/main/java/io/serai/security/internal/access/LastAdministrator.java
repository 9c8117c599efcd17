package io.serai.security.internal.access;

import io.serai.api.state.ChangeValidator;
import io.serai.api.state.Content;
import io.serai.api.state.Snapshot;
import io.serai.api.state.StateException;
import io.serai.api.state.StateException.Reason;
import io.serai.api.state.StatePath;
import io.serai.security.internal.directory.Census;
import io.serai.security.internal.directory.People;
import io.serai.security.internal.directory.SecurityPaths;
import io.serai.security.internal.role.Holding;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Refuses what would leave a cluster without anybody who may do everything: a user with a password who is not disabled. Refers to
 * nothing, since the state waits for it. What nodes that were apart have done may end so all the same; see the reset in the README.
 */
@Component(service = ChangeValidator.class)
public final class LastAdministrator implements ChangeValidator {
    private static final Set<String> CONCERNED = Set.of("user", "role");

    private final Census census = new Census();

    /** Knows nobody yet. */
    @Activate
    public LastAdministrator() {}

    @Override
    public void validate(Snapshot before, Map<StatePath, Optional<Content>> targets) throws StateException {
        Map<StatePath, Optional<Content>> concerned = new HashMap<>(targets);
        concerned.keySet().removeIf(path -> SecurityPaths.target(path)
                .filter(target -> CONCERNED.contains(target.kind()))
                .isEmpty());
        if (concerned.isEmpty()) {
            return;
        }
        People now = census.people(before);
        if (hasAdministrator(now) && !hasAdministrator(now.with(concerned))) {
            Map<StatePath, String> problems = new HashMap<>();
            concerned
                    .keySet()
                    .forEach(path -> problems.put(
                            path,
                            "nobody would be left who may do everything: no user with a password, not disabled, and with"
                                    + " the role admin; give somebody else the role first"));
            throw new StateException(Reason.INVALID, "The last administrator cannot be removed", problems, null);
        }
    }

    private static boolean hasAdministrator(People people) {
        return people.users().values().stream()
                .filter(user -> !user.disabled() && user.password().isPresent())
                .anyMatch(user -> new Holding(people.named(people.roles(user)), List.of()).isEverything());
    }
}
