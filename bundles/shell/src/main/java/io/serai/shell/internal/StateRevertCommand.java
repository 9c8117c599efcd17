package io.serai.shell.internal;

import io.serai.api.object.ObjectException;
import io.serai.api.security.AccessException;
import io.serai.api.state.CommitId;
import io.serai.api.state.Pace;
import java.util.List;
import java.util.Map;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.jspecify.annotations.Nullable;

/** Undoes what one commit did. */
@Service
@Command(scope = "state", name = "revert", description = "Undoes what one commit did, as a new commit")
public class StateRevertCommand extends RolloutCommand {
    @Argument(index = 0, name = "revision", description = "The commit: an id, HEAD, HEAD~3", required = true)
    @Completion(RevisionCompleter.class)
    String revision = "";

    @Argument(index = 1, name = TrailingOptions.OPTIONS, description = "Options", multiValued = true)
    @Completion(
            value = StringsCompleter.class,
            values = {"--json", "--rolling", "--timeout", "--wait"})
    @Nullable List<String> options;

    @Override
    CommitId change() throws ObjectException, AccessException {
        return act("revision", revision, "revert", Map.of("rolling", pace() == Pace.ROLLING));
    }
}
