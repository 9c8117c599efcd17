package io.serai.objects.internal;

import io.serai.api.object.ObjectException;
import io.serai.api.object.ObjectException.Problem;
import io.serai.api.object.ObjectException.Reason;
import io.serai.api.security.AccessControl;
import io.serai.api.security.AccessException;
import io.serai.api.security.AuditLog;
import io.serai.api.security.AuditLog.Event;
import io.serai.api.security.AuditLog.Outcome;
import io.serai.api.security.Subject;
import io.serai.api.state.Content;
import io.serai.api.state.StatePath;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Demands rights, and keeps a record of what was done with them. What somebody may not is recorded where it is refused. */
@Component(service = Guard.class)
public final class Guard {
    private static final int MAX_NAMED = 900; // characters; an entry has room for some more

    private final AccessControl access;
    private final AuditLog audit;

    /** Asks this one, and writes there. */
    @Activate
    public Guard(@Reference AccessControl access, @Reference AuditLog audit) {
        this.access = access;
        this.audit = audit;
    }

    AccessControl access() {
        return access;
    }

    boolean permits(Subject subject, String verb, String kind, String name) {
        return access.permits(subject, verb, kind, name);
    }

    void require(Subject subject, String verb, String kind, String name) throws ObjectException {
        try {
            access.require(subject, verb, kind, name);
        } catch (AccessException e) {
            throw new ObjectException(Reason.FORBIDDEN, String.valueOf(e.getMessage()), e);
        }
    }

    /** Demands that a change of files gives nobody more than who makes it has. */
    void requireHeld(Subject subject, Map<StatePath, Optional<Content>> targets) throws ObjectException {
        try {
            access.requireHeld(subject, targets);
        } catch (AccessException e) {
            throw new ObjectException(Reason.FORBIDDEN, String.valueOf(e.getMessage()), e);
        }
    }

    void done(Subject subject, String action, String object, String detail) {
        audit.record(Event.of(subject, action, object, Outcome.DONE, detail));
    }

    /** Records what went wrong, without what was given, which may be secret; what was forbidden is recorded already. */
    void failed(Subject subject, String action, String object, ObjectException failure) {
        if (failure.reason() != Reason.FORBIDDEN) {
            String where = failure.problems().stream()
                    .map(Guard::place)
                    .distinct()
                    .limit(3)
                    .collect(Collectors.joining(", "));
            String detail = failure.reason() + (where.isEmpty() ? "" : " " + where);
            audit.record(Event.of(subject, action, object, Outcome.FAILED, detail));
        }
    }

    void failed(Subject subject, String action, String object, RuntimeException failure) {
        audit.record(Event.of(
                subject, action, object, Outcome.FAILED, failure.getClass().getSimpleName()));
    }

    private static String place(Problem problem) {
        return problem.object() + problem.pointer();
    }

    /** Returns the names of some things, as far as an entry has room. */
    static String named(Collection<?> things) {
        StringBuilder text = new StringBuilder();
        Iterator<?> left = things.iterator();
        int more = things.size();
        while (left.hasNext() && text.length() < MAX_NAMED) {
            text.append(text.isEmpty() ? "" : ", ").append(left.next());
            more--;
        }
        return more == 0 ? text.toString() : text + " and " + more + " more";
    }
}
