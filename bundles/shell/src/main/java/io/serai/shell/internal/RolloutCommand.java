package io.serai.shell.internal;

import io.serai.api.object.ActionService;
import io.serai.api.object.ObjectException;
import io.serai.api.security.AccessControl;
import io.serai.api.security.AccessException;
import io.serai.api.state.Author;
import io.serai.api.state.CommitId;
import io.serai.api.state.StateException;
import io.serai.api.state.StatePath;
import io.serai.api.state.StateRepository;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.support.CommandException;

/** A command that moves the head, whatever files that changes. */
abstract class RolloutCommand extends ChangeCommand {
    @Reference
    StateRepository repository;

    @Reference
    ActionService actions;

    /** Moves the head; returns where it is then. */
    abstract CommitId change() throws StateException, ObjectException, AccessException, CommandException;

    @Override
    protected final void run(PrintStream out) throws Exception {
        checkOptions();
        CommitId before = repository.head().commit();
        CommitId after = change();
        boolean changed = !after.equals(before);
        List<StatePath> paths = changed ? repository.at(after).differences(repository.at(before)) : List.of();
        Applied applied = await(after, paths);
        String result = changed ? "done" : "unchanged";
        if (json) {
            Map<String, Object> said = new LinkedHashMap<>();
            said.put("result", result);
            said.put("commit", after.value());
            printJson(said, applied, out);
        } else {
            out.println(result + ": head is " + after.shortValue());
            print(applied, out);
        }
    }

    /** Demands that whoever is at the shell may change any file of the state, and returns who that is. */
    final Author writer(StatePath path) throws AccessException {
        return author(require(AccessControl.WRITE, "state", path.value().replace('/', ':')));
    }

    /** Does an action that answers with the commit it made. */
    final CommitId act(String kind, String object, String action, Map<String, Object> parameters)
            throws ObjectException, AccessException {
        Map<String, Object> answer = actions.act(subject(), kind, Optional.of(object), action, parameters);
        return new CommitId(String.valueOf(answer.get("commit")));
    }
}
