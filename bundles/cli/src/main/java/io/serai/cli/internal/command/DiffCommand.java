package io.serai.cli.internal.command;

import io.serai.cli.internal.console.CommandException;
import io.serai.cli.internal.console.ExitCode;
import io.serai.cli.internal.output.ChangeReport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Compares objects in files with those of the cluster. */
@Command(
        name = "diff",
        description =
                "Says in which fields the objects of files differ from the cluster's. Ends with 0 if in none, with 1 if"
                        + " in some, with more if that cannot be told.",
        footer = {"", "Example: serai diff -f cluster/"})
final class DiffCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private ApplyOptions apply = new ApplyOptions();

    DiffCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws CommandException {
        ChangeOptions change = new ChangeOptions();
        change.dryRun = true;
        try {
            boolean different = new ChangeReport(
                            session.console(), apply.send(session, change).json())
                    .printDifferences();
            return different ? 1 : 0;
        } catch (CommandException e) {
            // 1 says that there are differences, as with kubectl
            throw e.code() == ExitCode.FAILED ? e.with(ExitCode.USAGE) : e;
        }
    }
}
