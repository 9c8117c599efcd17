package io.serai.objects.internal.history;

import io.serai.api.object.ObjectAction;
import io.serai.api.object.ObjectException;
import io.serai.api.security.AccessControl;
import io.serai.api.state.Author;
import io.serai.api.state.CommitId;
import io.serai.api.state.Pace;
import io.serai.api.state.PathDifference;
import io.serai.api.state.StateException;
import io.serai.api.state.StatePath;
import io.serai.api.state.StateRepository;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Undoes a revision. */
@Component(service = ObjectAction.class)
public final class RevertAction implements ObjectAction {
    private final StateRepository state;
    private final PastRights rights;

    /** Works on a history. */
    @Activate
    public RevertAction(@Reference StateRepository state, @Reference AccessControl access) {
        this.state = state;
        this.rights = new PastRights(access, state);
    }

    @Override
    public String kind() {
        return RevisionKind.NAME;
    }

    @Override
    public String name() {
        return "revert";
    }

    @Override
    public boolean ofObject() {
        return true;
    }

    @Override
    public String schema() {
        return """
                {"type": "object", "description": "Undoes what a revision did, as a new one", "additionalProperties": false,
                 "properties": {"rolling": {"type": "boolean", "description": "Whether nodes apply it one after another"}}}""";
    }

    @Override
    public Map<String, Object> run(Call call) throws ObjectException {
        try {
            Author author = new Author(call.subject().name(), call.subject().face());
            Pace pace = call.flag("rolling") ? Pace.ROLLING : Pace.AT_ONCE;
            CommitId commit = state.resolve(call.object().orElseThrow().name());
            List<CommitId> before = state.revision(commit).parents();
            if (!before.isEmpty()) {
                List<StatePath> paths = state.diff(before.get(0), commit).stream()
                        .map(PathDifference::path)
                        .toList();
                rights.require(call.subject(), before.get(0), paths);
            }
            return Map.of("commit", state.revert(commit, author, pace).value());
        } catch (StateException e) {
            throw ObjectException.of(e);
        }
    }
}
