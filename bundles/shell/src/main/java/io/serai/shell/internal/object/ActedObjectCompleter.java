package io.serai.shell.internal.object;

import io.serai.api.object.ActionService;
import io.serai.api.object.ObjectAction;
import io.serai.api.object.ObjectService;
import io.serai.api.security.LoginService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;

/** Completes what stands behind an action: the name of an object if it is done with one, and the names of its parameters. */
@Service
public class ActedObjectCompleter implements Completer {
    private static final int OF_OBJECT = 2;

    @Reference
    ActionService actions;

    @Reference
    ObjectService objects;

    @Reference
    LoginService logins;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        Optional<String> kind = Completions.argument(line, 0);
        Optional<String> name = Completions.argument(line, 1);
        List<String> offered = new ArrayList<>();
        for (ObjectAction action : actions.actions()) {
            if (kind.filter(action.kind()::equals).isPresent()
                    && name.filter(action.name()::equals).isPresent()) {
                boolean named = Completions.argument(line, OF_OBJECT).isPresent();
                offered.addAll(
                        action.ofObject() && !named
                                ? Completions.names(objects, logins, action.kind())
                                : FieldCompleter.fields(action.schema()));
            }
        }
        return Completions.offer(offered, session, line, candidates);
    }
}
