package io.serai.shell.internal;

import io.serai.api.state.StateException;
import io.serai.api.state.StateRepository;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Completes revisions: {@code HEAD} and the newest commits. */
@Service
public class RevisionCompleter implements Completer {
    private static final Logger LOG = LoggerFactory.getLogger(RevisionCompleter.class);
    private static final int NEWEST = 50;

    @Reference
    StateRepository repository;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        try {
            List<String> revisions = Stream.concat(
                            Stream.of("HEAD"),
                            repository.log(Optional.empty(), NEWEST).stream()
                                    .map(revision -> revision.commit().shortValue()))
                    .toList();
            return new StringsCompleter(revisions, true).complete(session, line, candidates);
        } catch (StateException e) {
            LOG.debug("Revisions could not be completed", e);
            return -1;
        }
    }
}
