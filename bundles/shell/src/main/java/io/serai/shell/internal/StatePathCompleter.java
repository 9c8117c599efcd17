package io.serai.shell.internal;

import io.serai.api.state.StatePath;
import io.serai.api.state.StateRepository;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** Completes the paths of files in the tree. */
@Service
public class StatePathCompleter implements Completer {
    @Reference
    StateRepository repository;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        List<String> paths = repository.head().files().keySet().stream()
                .map(StatePath::value)
                .toList();
        return new StringsCompleter(paths, true).complete(session, line, candidates);
    }
}
