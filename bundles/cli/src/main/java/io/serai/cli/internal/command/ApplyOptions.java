package io.serai.cli.internal.command;

import io.serai.cli.internal.console.CommandException;
import io.serai.cli.internal.console.ExitCode;
import io.serai.cli.internal.rest.ApiAnswer;
import io.serai.cli.internal.rest.ApiRequest;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** What commands take that compare objects in files with those of the cluster. */
final class ApplyOptions {
    @Option(
            names = {"-f", "--file"},
            required = true,
            arity = "1..*",
            paramLabel = "FILE",
            description = "files or folders of YAML or JSON; - for the standard input")
    List<String> files = new ArrayList<>();

    @Option(names = "--prune", description = "remove objects of --kinds that are not in the files")
    boolean prune;

    @Option(names = "--kinds", split = ",", paramLabel = "KIND", description = "of which kinds to remove objects")
    List<String> kinds = new ArrayList<>();

    @Option(names = "--cascade", description = "remove what refers to a removed object as well")
    boolean cascade;

    /** Sends the objects; for good, or to learn what would change. */
    ApiAnswer send(Session session, ChangeOptions change) throws CommandException {
        if (prune == kinds.isEmpty()) {
            throw CommandException.of(
                    ExitCode.USAGE,
                    "--prune and --kinds go together: the kinds say what may be removed",
                    "--prune --kinds rest-channel,configuration");
        }
        ApiRequest apply = ApiRequest.of("POST", "apply")
                .query("prune", String.join(",", kinds))
                .flag("cascade", cascade)
                .body("application/yaml", Documents.read(files, session.console()));
        return session.client().send(change.to(apply, session));
    }
}
