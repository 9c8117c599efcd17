package io.serai.cli.internal.line;

import io.serai.cli.internal.command.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** What all commands take. */
@Command(
        name = "serai",
        description = "Runs a cluster of Serai from a terminal or a script.",
        footer = {"", "Example: serai get service"})
final class RootCommand {
    private final Session session;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "explain the command")
    boolean help;

    RootCommand(Session session) {
        this.session = session;
    }

    @Option(
            names = "--profile",
            paramLabel = "PROFILE",
            scope = ScopeType.INHERIT,
            description = "which login to use; the current one if absent")
    void profile(String name) {
        session.useProfile(name);
    }

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            scope = ScopeType.INHERIT,
            description = "how long to wait: 500ms, 30s, 2m; 60s if absent")
    void timeout(String duration) {
        session.limit(duration);
    }
}
