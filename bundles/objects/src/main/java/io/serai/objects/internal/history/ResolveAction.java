package io.serai.objects.internal.history;

import io.serai.api.object.ObjectAction;
import io.serai.api.object.ObjectException;
import io.serai.api.object.ObjectException.Reason;
import io.serai.api.security.AccessControl;
import io.serai.api.state.Author;
import io.serai.api.state.CommitId;
import io.serai.api.state.MergeConflict;
import io.serai.api.state.StateException;
import io.serai.api.state.StateReplica;
import io.serai.api.state.StateRepository;
import java.util.Map;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Settles a conflict. */
@Component(service = ObjectAction.class)
public final class ResolveAction implements ObjectAction {
    private final StateReplica replica;
    private final PastRights rights;

    /** Works on a history. */
    @Activate
    public ResolveAction(
            @Reference StateReplica replica, @Reference StateRepository state, @Reference AccessControl access) {
        this.replica = replica;
        this.rights = new PastRights(access, state);
    }

    @Override
    public String kind() {
        return ConflictKind.NAME;
    }

    @Override
    public String name() {
        return "resolve";
    }

    @Override
    public boolean ofObject() {
        return true;
    }

    @Override
    public String schema() {
        return """
                {"type": "object", "description": "Settles it: leaves the file as it is, or makes it what was put aside",
                 "additionalProperties": false,
                 "properties": {"takeLost": {"type": "boolean", "x-audit": true, "description": "Whether the file becomes what was put aside"}}}""";
    }

    @Override
    public Map<String, Object> run(Call call) throws ObjectException {
        String name = call.object().orElseThrow().name();
        Author author = new Author(call.subject().name(), call.subject().face());
        try {
            for (MergeConflict conflict : replica.conflicts()) {
                if (ConflictKind.name(conflict).equals(name)) {
                    if (call.flag("takeLost")) {
                        rights.require(call.subject(), conflict.lost(), Set.of(conflict.path()));
                    }
                    CommitId head = call.flag("takeLost")
                            ? replica.takeLost(conflict, author)
                            : replica.keepWon(conflict, author);
                    return Map.of(
                            "commit", head.value(), "path", conflict.path().value());
                }
            }
        } catch (StateException e) {
            throw ObjectException.of(e);
        }
        throw new ObjectException(
                Reason.NOT_FOUND, "There is no conflict/" + name + "; list them to see which there are", null);
    }
}
