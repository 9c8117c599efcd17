package io.serai.cli.internal.command;

import io.serai.cli.internal.console.CommandException;
import io.serai.cli.internal.console.ExitCode;
import io.serai.cli.internal.rest.ApiRequest;
import java.util.Set;
import picocli.CommandLine.Option;

/** What commands take that change objects. */
public final class ChangeOptions {
    private static final Set<String> NODES = Set.of("all", "majority", "none");

    @Option(
            names = "--wait",
            arity = "0..1",
            fallbackValue = "all",
            paramLabel = "NODES",
            description = "which nodes to wait for: all, which it means alone, majority or none")
    String wait = "";

    @Option(names = "--rolling", description = "let nodes apply it one after another, no further when one fails")
    boolean rolling;

    @Option(names = "--dry-run", description = "say only what would be done")
    boolean dryRun;

    @Option(
            names = {"-m", "--message"},
            paramLabel = "TEXT",
            description = "why, for the history")
    String message = "";

    /** Adds them to a request. */
    public ApiRequest to(ApiRequest request, Session session) throws CommandException {
        check();
        return request.query("wait", wait)
                .query("timeout", session.timeout())
                .flag("rolling", rolling)
                .flag("dryRun", dryRun)
                .query("message", message);
    }

    /** Refuses what cannot be waited for, before anything is sent. */
    void check() throws CommandException {
        if (!wait.isEmpty() && !NODES.contains(wait)) {
            throw CommandException.of(
                    ExitCode.USAGE,
                    "--wait takes all, majority or none, and not '" + wait + "'",
                    "write --wait at the end, or --wait=all");
        }
    }

    /** Waits for these nodes unless something else was said. */
    void waitUsually(String nodes) {
        if (wait.isEmpty()) {
            wait = nodes;
        }
    }

    /** Returns whether nothing shall be done. */
    boolean isDryRun() {
        return dryRun;
    }
}
