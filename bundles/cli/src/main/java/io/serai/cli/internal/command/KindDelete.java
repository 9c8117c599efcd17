package io.serai.cli.internal.command;

import io.serai.cli.internal.catalog.KindModel;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Removes an object of a kind. */
@Command(
        name = "delete",
        description = "Removes an object. One that others refer to stays, unless --cascade removes those as well.",
        footer = {"", "Example: serai rest-channel delete orders"})
public final class KindDelete implements Callable<Integer> {
    private final Removal removal;

    @Parameters(paramLabel = "NAME", description = "which object")
    private String name = "";

    @Option(names = "--cascade", description = "remove what refers to it as well")
    private boolean cascade;

    @Mixin
    private LayerOption layer = new LayerOption();

    @Mixin
    private ChangeOptions options = new ChangeOptions();

    /** Removes objects of a kind. */
    public KindDelete(Session session, KindModel kind) {
        this.removal = new Removal(session, kind);
    }

    @Override
    public Integer call() throws Exception {
        removal.remove(name, cascade, layer, options);
        return 0;
    }
}
