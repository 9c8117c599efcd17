package io.serai.security.internal.access;

import io.serai.api.security.AccessControl;
import io.serai.api.security.AccessException;
import io.serai.api.security.AuditLog;
import io.serai.api.security.AuditLog.Event;
import io.serai.api.security.AuditLog.Outcome;
import io.serai.api.security.Subject;
import io.serai.api.state.Content;
import io.serai.api.state.StatePath;
import io.serai.security.internal.access.RightsCheck.Excess;
import io.serai.security.internal.directory.SecurityDirectory;
import io.serai.security.internal.role.Role;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Permits what the roles of somebody permit, as the head of the state has them. */
@Component(service = AccessControl.class)
public final class RoleAccess implements AccessControl {
    private final SecurityDirectory directory;
    private final AuditLog audit;

    /** Looks into a directory. */
    @Activate
    public RoleAccess(@Reference SecurityDirectory directory, @Reference AuditLog audit) {
        this.directory = directory;
        this.audit = audit;
    }

    @Override
    public boolean permits(Subject subject, String verb, String kind, String name) {
        Map<String, Role> roles = directory.people().roles();
        return any(roles, subject.roles(), verb, kind, name)
                && (subject.limits().isEmpty() || any(roles, subject.limits(), verb, kind, name));
    }

    @Override
    public void require(Subject subject, String verb, String kind, String name) throws AccessException {
        if (permits(subject, verb, kind, name)) {
            return;
        }
        String object = name.isEmpty() ? kind : kind + "/" + name;
        List<String> would = directory.people().roles().entrySet().stream()
                .filter(role -> role.getValue().permits(verb, kind, name))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        boolean limited = subject.roles().stream().anyMatch(would::contains);
        String message = "User " + subject.name() + " may not " + verb + " " + object
                + (limited ? " with this token, which is limited to " + sorted(subject.limits()) : "")
                + "; roles that may: " + String.join(", ", would);
        audit.record(new Event(
                subject.name(), subject.from(), subject.face(), verb, object, Outcome.REFUSED, "no role permits it"));
        throw new AccessException(AccessException.Reason.FORBIDDEN, message);
    }

    @Override
    public void requireHeld(Subject subject, Map<StatePath, Optional<Content>> targets) throws AccessException {
        Optional<Excess> excess = new RightsCheck(directory.people(), subject).excess(targets);
        if (excess.isPresent()) {
            String object = excess.get().object();
            audit.record(Event.of(
                    subject, "escalate", object, Outcome.REFUSED, excess.get().reason()));
            throw new AccessException(
                    AccessException.Reason.FORBIDDEN,
                    "User " + subject.name() + " may not change " + object + ": "
                            + excess.get().reason() + "; ask somebody who may do all of that");
        }
    }

    private static boolean any(Map<String, Role> roles, Set<String> names, String verb, String kind, String name) {
        return names.stream().anyMatch(each -> {
            Role role = roles.get(each);
            return role != null && role.permits(verb, kind, name);
        });
    }

    private static String sorted(Set<String> names) {
        return String.join(", ", names.stream().sorted().toList());
    }
}
