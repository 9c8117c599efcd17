package io.serai.shell.internal.object;

import io.serai.api.object.ObjectKind;
import io.serai.api.object.ObjectService;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;

/** Completes the names of kinds. */
@Service
public class KindCompleter implements Completer {
    @Reference
    ObjectService objects;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        List<String> kinds = objects.kinds().stream().map(ObjectKind::name).toList();
        return Completions.offer(kinds, session, line, candidates);
    }
}
