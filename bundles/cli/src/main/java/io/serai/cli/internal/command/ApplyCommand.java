package io.serai.cli.internal.command;

import io.serai.cli.internal.console.CommandException;
import io.serai.cli.internal.output.ChangeReport;
import io.serai.cli.internal.output.OutputFormat;
import io.serai.cli.internal.rest.ApiAnswer;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Puts objects from files. */
@Command(
        name = "apply",
        description = "Puts all objects of files in one step, or none, and says what became of each.",
        footer = {
            "",
            "Example: serai apply -f cluster/ --dry-run",
            "         serai apply -f - --prune --kinds rest-channel"
        })
final class ApplyCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private ApplyOptions apply = new ApplyOptions();

    @Mixin
    private ChangeOptions change = new ChangeOptions();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            description = "json for what the API answers")
    private String output = "table";

    ApplyCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws CommandException {
        OutputFormat.Form form = OutputFormat.of(output).form();
        ApiAnswer answer = apply.send(session, change);
        if (form == OutputFormat.Form.JSON) {
            session.console().raw(answer.body());
        } else {
            new ChangeReport(session.console(), answer.json()).print();
        }
        return 0;
    }
}
