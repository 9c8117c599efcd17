package io.serai.cli.internal.kind;

import io.serai.cli.internal.catalog.KindModel;
import io.serai.cli.internal.command.LayerOption;
import io.serai.cli.internal.command.Session;
import io.serai.cli.internal.rest.ApiRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Prints the file that an object is. */
@Command(
        name = "download",
        description = "Prints the file that an object is.",
        footer = {"", "Example: serai artifact download orders.jar > orders.jar"})
final class DownloadCommand implements Callable<Integer> {
    private final Session session;
    private final KindModel kind;

    @Parameters(paramLabel = "NAME", description = "which object")
    private String name = "";

    @Mixin
    private LayerOption layer = new LayerOption();

    DownloadCommand(Session session, KindModel kind) {
        this.session = session;
        this.kind = kind;
    }

    @Override
    public Integer call() throws Exception {
        ApiRequest get = layer.to(ApiRequest.of("GET", kind.name(), name, "content"));
        byte[] file = session.client().send(get.header("Accept", "*/*")).body();
        session.console().out().write(file, 0, file.length);
        session.console().out().flush();
        return 0;
    }
}
