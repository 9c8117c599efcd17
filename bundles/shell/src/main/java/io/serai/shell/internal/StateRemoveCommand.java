package io.serai.shell.internal;

import io.serai.api.security.AccessException;
import io.serai.api.state.CommitId;
import io.serai.api.state.StateException;
import io.serai.api.state.StatePath;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.jspecify.annotations.Nullable;

/** Removes a file from the state; the history keeps it. */
@Service
@Command(scope = "state", name = "remove", description = "Removes a file from the state; the history keeps it")
public class StateRemoveCommand extends RolloutCommand {
    @Option(name = "--message", description = "Why; by default what is removed")
    @Nullable String message;

    @Argument(index = 0, name = "path", description = "The file: in full, or by its name", required = true)
    @Completion(StatePathCompleter.class)
    String path = "";

    @Argument(index = 1, name = TrailingOptions.OPTIONS, description = "Options", multiValued = true)
    @Completion(
            value = StringsCompleter.class,
            values = {"--json", "--message", "--timeout", "--wait"})
    @Nullable List<String> options;

    @Override
    CommitId change() throws StateException, AccessException, CommandException {
        if (rolling) {
            throw failure("All nodes remove a file at once; leave --rolling out");
        }
        KnownNames files = KnownNames.ofPaths("file", repository.head().files().keySet().stream());
        StatePath file = files.findPath(path).orElseThrow(() -> files.unknown(path));
        return commit(file, Optional.empty(), message == null ? "Remove " + file : message);
    }
}
