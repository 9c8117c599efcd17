package io.serai.cli.internal.command;

import io.serai.api.text.NearNames;
import io.serai.cli.internal.catalog.ActionModel;
import io.serai.cli.internal.catalog.KindModel;
import io.serai.cli.internal.console.CommandException;
import io.serai.cli.internal.console.Console;
import io.serai.cli.internal.console.ExitCode;
import io.serai.cli.internal.output.JsonTree;
import io.serai.cli.internal.output.Table;
import io.serai.cli.internal.reference.Field;
import io.serai.cli.internal.reference.ReferenceBook;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells what kinds there are, and what their fields mean. */
@Command(
        name = "explain",
        description = "Tells which kinds of objects there are, or what the fields and actions of one are.",
        footer = {
            "",
            "Example: serai explain",
            "         serai explain rest-channel",
            "         serai explain rest-channel.security",
            "         serai explain --markdown > reference.md"
        })
final class ExplainCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(arity = "0..1", paramLabel = "KIND[.FIELD]", description = "of what; all kinds if absent")
    private String what = "";

    @Option(names = "--markdown", description = "print the reference of all kinds and commands as Markdown")
    private boolean markdown;

    ExplainCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws CommandException {
        if (markdown) {
            ReferenceBook.of(session.catalog(), commands()).forEach(session.console()::line);
        } else if (what.isEmpty()) {
            kinds();
        } else {
            int dot = what.indexOf('.');
            KindModel kind = session.catalog().get(dot < 0 ? what : what.substring(0, dot));
            if (dot < 0) {
                kind(kind);
            } else {
                field(kind, what.substring(dot + 1));
            }
        }
        return 0;
    }

    private List<CommandSpec> commands() {
        return Commands.names().stream()
                .flatMap(name -> Commands.make(name, session).stream()
                        .map(command ->
                                new CommandLine(command).setCommandName(name).getCommandSpec()))
                .toList();
    }

    private void kinds() throws CommandException {
        Table table = new Table(List.of("kind", "meaning"));
        session.catalog()
                .kinds()
                .values()
                .forEach(kind -> table.add(List.of(kind.name(), firstSentence(kind.description()))));
        table.lines().forEach(session.console()::line);
    }

    private static String firstSentence(String text) {
        int end = text.indexOf(". ");
        return end < 0 ? text : text.substring(0, end + 1);
    }

    private void kind(KindModel kind) {
        Console console = session.console();
        console.line(kind.name() + ": " + kind.description());
        fields(Field.of(kind.schema()));
        for (ActionModel action : kind.actions()) {
            console.line("");
            console.line("serai " + kind.name() + " " + action.name() + (action.ofObject() ? " NAME" : "") + ": "
                    + JsonTree.textAt(action.schema(), "description"));
            fields(Field.of(action.schema()));
        }
    }

    private void field(KindModel kind, String path) throws CommandException {
        List<Field> all = Field.of(kind.schema());
        List<Field> found = all.stream()
                .filter(field -> field.path().equals(path)
                        || field.path().startsWith(path + ".")
                        || field.path().startsWith(path + "["))
                .toList();
        if (found.isEmpty()) {
            throw CommandException.of(
                    ExitCode.NOT_FOUND,
                    "Kind " + kind.name() + " has no field '" + path + "'"
                            + NearNames.nearest(
                                            path, all.stream().map(Field::path).toList())
                                    .map(near -> ". Did you mean '" + near + "'?")
                                    .orElse(""),
                    "serai explain " + kind.name());
        }
        fields(found);
    }

    private void fields(List<Field> fields) {
        if (fields.isEmpty()) {
            return;
        }
        Table table = new Table(List.of("field", "type", "values", "meaning"));
        fields.forEach(field -> table.add(List.of(
                field.path(), field.type() + (field.needed() ? ", needed" : ""), field.bounds(), field.description())));
        session.console().line("");
        table.lines().forEach(session.console()::line);
    }
}
