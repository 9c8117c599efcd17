package io.serai.objects.internal.history;

import io.serai.api.object.ObjectAction;
import io.serai.api.object.ObjectException;
import io.serai.api.object.ObjectException.Reason;
import io.serai.api.object.ObjectKind;
import io.serai.api.state.Author;
import io.serai.api.state.CommitId;
import io.serai.api.state.Pace;
import io.serai.api.state.Revision;
import io.serai.api.state.StateException;
import io.serai.api.state.StatePath;
import io.serai.api.state.StateRepository;
import io.serai.objects.internal.ObjectPaths;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Brings an object back to an earlier version, as a new commit.
 *
 * @param objectKind of which kind
 * @param state has the history
 * @param rights demands that it brings back none that one has not
 */
record RollbackAction(ObjectKind objectKind, StateRepository state, PastRights rights) implements ObjectAction {
    private static final int MAX_BACK = 1_000;

    @Override
    public String kind() {
        return objectKind.name();
    }

    @Override
    public String name() {
        return "rollback";
    }

    @Override
    public boolean ofObject() {
        return true;
    }

    @Override
    public String schema() {
        return """
                {"type": "object", "description": "Brings it back to an earlier version", "additionalProperties": false,
                 "properties": {
                  "to": {"type": "string", "x-audit": true, "minLength": 1, "description":
                    "A commit that had it, as id or HEAD~3, or how many versions back; 1 by default"},
                  "layer": {"type": "string", "x-audit": true, "description": "groups/<group> or nodes/<node>; that of all nodes by default"},
                  "rolling": {"type": "boolean", "description": "Whether nodes apply it one after another"}}}""";
    }

    @Override
    public Map<String, Object> run(Call call) throws ObjectException {
        StatePath path = ObjectPaths.ofCall(objectKind, call);
        Author author = new Author(call.subject().name(), call.subject().face());
        Pace pace = call.flag("rolling") ? Pace.ROLLING : Pace.AT_ONCE;
        try {
            CommitId version = version(path, call.text("to").orElse("1"));
            rights.require(call.subject(), version, Set.of(path));
            CommitId before = state.head().commit();
            CommitId after = state.restore(version, Set.of(path), author, pace);
            return Map.of(
                    "commit",
                    after.value(),
                    "restored",
                    version.value(),
                    "unchanged",
                    before.equals(after),
                    "path",
                    path.value());
        } catch (StateException e) {
            throw ObjectException.of(e);
        }
    }

    private CommitId version(StatePath path, String to) throws StateException, ObjectException {
        if (!to.matches("[0-9]{1,3}")) {
            return state.resolve(to);
        }
        int back = Integer.parseInt(to);
        List<Revision> versions = state.log(Optional.of(path), Math.min(back + 1, MAX_BACK));
        if (versions.size() <= back) {
            throw new ObjectException(
                    Reason.NOT_FOUND,
                    path + " has " + versions.size() + " versions, and none " + back + " back; its history lists them",
                    null);
        }
        return versions.get(back).commit();
    }
}
