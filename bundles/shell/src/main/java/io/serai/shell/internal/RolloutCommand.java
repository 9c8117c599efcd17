package io.serai.shell.internal;

import io.serai.api.object.ActionService;
import io.serai.api.object.ObjectException;
import io.serai.api.security.AccessControl;
import io.serai.api.security.AccessException;
import io.serai.api.security.Subject;
import io.serai.api.state.Change;
import io.serai.api.state.CommitId;
import io.serai.api.state.Content;
import io.serai.api.state.StateException;
import io.serai.api.state.StatePath;
import io.serai.api.state.StateRepository;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    /**
     * Commits a file as it is, whatever object it is that of. Who may change any file gets no more rights by that, all the same.
     *
     * @param content empty to remove it
     */
    final CommitId commit(StatePath path, Optional<Content> content, String message)
            throws StateException, AccessException {
        Subject subject = require(AccessControl.WRITE, "state", path.value().replace('/', ':'));
        access.requireHeld(subject, Map.of(path, content));
        Map<StatePath, Content> puts = content.map(put -> Map.of(path, put)).orElse(Map.of());
        Set<StatePath> removals = content.isPresent() ? Set.of() : Set.of(path);
        CommitId before = repository.head().commit();
        CommitId commit = repository.commit(Change.of(puts, removals, author(subject), message));
        if (!commit.equals(before)) {
            done(subject, content.isPresent() ? "write" : "delete", "state/" + path, commit.value());
        }
        return commit;
    }

    /** Does an action that answers with the commit it made. */
    final CommitId act(String kind, String object, String action, Map<String, Object> parameters)
            throws ObjectException, AccessException {
        Map<String, Object> answer = actions.act(subject(), kind, Optional.of(object), action, parameters);
        return new CommitId(String.valueOf(answer.get("commit")));
    }
}
