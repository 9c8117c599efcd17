package io.serai.shell.internal.object;

import io.serai.api.object.ObjectService;
import io.serai.api.security.LoginService;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;

/** Completes the names of objects, behind their kind. */
@Service
public class ObjectNameCompleter implements Completer {
    @Reference
    ObjectService objects;

    @Reference
    LoginService logins;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        List<String> names = Completions.argument(line, 0)
                .map(kind -> Completions.names(objects, logins, kind))
                .orElse(List.of());
        return Completions.offer(names, session, line, candidates);
    }
}
