package io.serai.shell.internal;

import io.serai.api.security.AccessException;
import io.serai.api.state.CommitId;
import io.serai.api.state.Content;
import io.serai.api.state.StateException;
import io.serai.api.state.StatePath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.apache.karaf.shell.support.completers.FileCompleter;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.jspecify.annotations.Nullable;

/** Puts a file of this machine into the state. */
@Service
@Command(
        scope = "state",
        name = "put",
        description = "Puts a file of the node's machine into the state, new or in place of another",
        detailedDescription = "Example: state:put objects/rest-channel/people.yaml /tmp/people.yaml")
public class StatePutCommand extends RolloutCommand {
    @Option(name = "--message", description = "Why; by default what is put")
    @Nullable String message;

    @Argument(index = 0, name = "path", description = "Where in the tree: objects/...", required = true)
    @Completion(StatePathCompleter.class)
    String path = "";

    @Argument(index = 1, name = "file", description = "The file, on the machine of the node", required = true)
    @Completion(FileCompleter.class)
    String file = "";

    @Argument(index = 2, name = TrailingOptions.OPTIONS, description = "Options", multiValued = true)
    @Completion(
            value = StringsCompleter.class,
            values = {"--json", "--message", "--rolling", "--timeout", "--wait"})
    @Nullable List<String> options;

    @Override
    CommitId change() throws StateException, AccessException, CommandException {
        StatePath target = new StatePath(path);
        Path source = session.currentDir().resolve(file);
        if (!Files.isRegularFile(source)) {
            throw failure("There is no file " + source + " on the machine of the node; give its whole path");
        }
        String why = message == null ? "Put " + target : message;
        return commit(target, Optional.of(Content.of(source)), pace().in(why));
    }
}
