package io.serai.shell.internal.object;

import io.serai.api.object.ActionService;
import io.serai.api.object.ObjectAction;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;

/** Completes the names of actions, behind their kind. */
@Service
public class ActionNameCompleter implements Completer {
    @Reference
    ActionService actions;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        Optional<String> kind = Completions.argument(line, 0);
        List<String> names = actions.actions().stream()
                .filter(action -> kind.isPresent() && action.kind().equals(kind.get()))
                .map(ObjectAction::name)
                .toList();
        return Completions.offer(names, session, line, candidates);
    }
}
