package io.serai.cli.internal.command;

import io.serai.cli.internal.console.CommandException;
import io.serai.cli.internal.rest.ApiRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints all that is needed to make the same objects again. */
@Command(
        name = "export",
        description =
                "Prints objects as YAML that can be applied to this cluster or another: all, or those of some kinds."
                        + " Secrets are left out.",
        footer = {"", "Example: serai export > all.yaml"})
final class ExportCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(arity = "0..*", paramLabel = "KIND", description = "of which kinds; all if absent")
    private List<String> kinds = new ArrayList<>();

    ExportCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws CommandException {
        ApiRequest export = ApiRequest.of("GET", "export")
                .query("kinds", String.join(",", kinds))
                .header("Accept", "application/yaml");
        session.console().raw(session.client().send(export).body());
        return 0;
    }
}
