package io.serai.shell.internal;

import io.serai.api.state.StateException;
import io.serai.api.state.StateReplica;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Completes the paths of files that are in conflict. */
@Service
public class ConflictPathCompleter implements Completer {
    private static final Logger LOG = LoggerFactory.getLogger(ConflictPathCompleter.class);

    @Reference
    StateReplica replica;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        return new StringsCompleter(paths(), true).complete(session, line, candidates);
    }

    private List<String> paths() {
        try {
            return replica.conflicts().stream()
                    .map(conflict -> conflict.path().value())
                    .distinct()
                    .toList();
        } catch (StateException e) {
            LOG.debug("Conflicts could not be completed", e);
            return List.of();
        }
    }
}
