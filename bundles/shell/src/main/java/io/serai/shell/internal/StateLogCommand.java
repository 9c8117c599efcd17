package io.serai.shell.internal;

import io.serai.api.security.AccessControl;
import io.serai.api.state.Revision;
import io.serai.api.state.StatePath;
import io.serai.api.state.StateRepository;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.apache.karaf.shell.support.table.ShellTable;
import org.jspecify.annotations.Nullable;

/** Lists the history of the state. */
@Service
@Command(scope = "state", name = "log", description = "Lists the commits of the state, newest first")
public class StateLogCommand extends SeraiCommand {
    @Reference
    StateRepository repository;

    @Option(name = "--limit", description = "The largest number of commits")
    String limit = "20";

    @Argument(index = 0, name = "path", description = "Only commits that changed this file or folder")
    @Completion(StatePathCompleter.class)
    @Nullable String path;

    @Argument(index = 1, name = TrailingOptions.OPTIONS, description = "Options", multiValued = true)
    @Completion(
            value = StringsCompleter.class,
            values = {"--json", "--limit"})
    @Nullable List<String> options;

    @Override
    protected void run(PrintStream out) throws Exception {
        require(AccessControl.READ, "revision", "");
        Optional<StatePath> only = path == null ? Optional.empty() : Optional.of(new StateFiles(repository).find(path));
        List<Revision> log = repository.log(only, limit());
        if (json) {
            JsonOutput.print(out, log.stream().map(JsonOutput::revision).toList());
            return;
        }
        print(table(log), out);
    }

    static ShellTable table(List<Revision> revisions) {
        ShellTable table = new ShellTable().emptyTableText("No commit yet");
        table.column("COMMIT");
        table.column("TIME");
        table.column("AUTHOR");
        table.column("FACE");
        table.column("MESSAGE");
        for (Revision revision : revisions) {
            table.addRow()
                    .addContent(
                            revision.commit().shortValue(),
                            Wording.time(revision.time()),
                            revision.author().name(),
                            revision.author().face(),
                            revision.message().lines().findFirst().orElse(""));
        }
        return table;
    }

    private int limit() throws CommandException {
        if (!limit.matches("[1-9]\\d{0,8}")) {
            throw failure("--limit is '" + limit + "', but must be a number from 1");
        }
        return Integer.parseInt(limit);
    }
}
