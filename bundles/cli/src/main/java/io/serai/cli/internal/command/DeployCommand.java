package io.serai.cli.internal.command;

import io.serai.cli.internal.console.CommandException;
import io.serai.cli.internal.console.ExitCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Puts files as artifacts. */
@Command(
        name = "deploy",
        description = "Puts files as artifacts, and waits until nodes run them. Fails if one of them does not.",
        footer = {
            "",
            "Example: serai deploy target/orders.jar",
            "         serai deploy Hello.java --rolling --timeout 2m"
        })
final class DeployCommand implements Callable<Integer> {
    private static final String KIND = "artifact";

    private final Session session;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "bundles, Java sources, routes, archives")
    private List<Path> files = new ArrayList<>();

    @Option(names = "--name", paramLabel = "NAME", description = "what one file is called in the cluster")
    private String name = "";

    @Mixin
    private LayerOption layer = new LayerOption();

    @Mixin
    private ChangeOptions options = new ChangeOptions();

    DeployCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        if (!name.isEmpty() && files.size() > 1) {
            throw CommandException.of(
                    ExitCode.USAGE, "--name is for one file, and there are " + files.size(), "serai deploy --help");
        }
        options.check();
        options.waitUsually("all");
        Upload upload = new Upload(session, options, layer);
        CommandException failure = null;
        for (Path file : files) {
            try {
                upload.send(KIND, name.isEmpty() ? String.valueOf(file.getFileName()) : name, file);
            } catch (CommandException e) {
                // the others are not to blame; the last failure ends the command
                if (failure != null) {
                    session.console().complain(failure);
                }
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
        return 0;
    }
}
