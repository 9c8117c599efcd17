package io.serai.cli.internal.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Removes an object of a kind that is named. */
@Command(
        name = "delete",
        description = "Removes an object. One that others refer to stays, unless --cascade removes those as well.",
        footer = {"", "Example: serai delete rest-channel orders"})
final class DeleteCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(index = "0", paramLabel = "KIND", description = "such as rest-channel, artifact, user")
    private String kind = "";

    @Parameters(index = "1", paramLabel = "NAME", description = "which object")
    private String name = "";

    @Option(names = "--cascade", description = "remove what refers to it as well")
    private boolean cascade;

    @Mixin
    private LayerOption layer = new LayerOption();

    @Mixin
    private ChangeOptions options = new ChangeOptions();

    DeleteCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        new Removal(session, session.catalog().get(kind)).remove(name, cascade, layer, options);
        return 0;
    }
}
