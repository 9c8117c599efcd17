package io.serai.objects.internal.history;

import io.serai.api.object.ObjectAction;
import io.serai.api.object.ObjectException;
import io.serai.api.object.ObjectKind;
import io.serai.api.state.Revision;
import io.serai.api.state.StateException;
import io.serai.api.state.StateRepository;
import io.serai.objects.internal.ObjectPaths;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells who changed an object, when and why.
 *
 * @param objectKind of which kind
 * @param state has the history
 */
record HistoryAction(ObjectKind objectKind, StateRepository state) implements ObjectAction {
    private static final int USUAL = 20;

    @Override
    public String kind() {
        return objectKind.name();
    }

    @Override
    public String name() {
        return "history";
    }

    @Override
    public boolean ofObject() {
        return true;
    }

    @Override
    public String schema() {
        return """
                {"type": "object", "description": "Tells who changed it, when and why, newest first", "additionalProperties": false,
                 "properties": {
                  "layer": {"type": "string", "description": "groups/<group> or nodes/<node>; that of all nodes by default"},
                  "limit": {"type": "integer", "minimum": 1, "maximum": 1000, "description": "How many at most; 20 by default"}}}""";
    }

    @Override
    public Map<String, Object> run(Call call) throws ObjectException {
        int limit = call.parameters().get("limit") instanceof Long given ? given.intValue() : USUAL;
        try {
            List<Object> revisions = state.log(Optional.of(ObjectPaths.ofCall(objectKind, call)), limit).stream()
                    .map(HistoryAction::revision)
                    .toList();
            return Map.of("revisions", revisions);
        } catch (StateException e) {
            throw ObjectException.of(e);
        }
    }

    private static Object revision(Revision revision) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("commit", revision.commit().value());
        json.putAll(RevisionKind.spec(revision));
        return json;
    }
}
