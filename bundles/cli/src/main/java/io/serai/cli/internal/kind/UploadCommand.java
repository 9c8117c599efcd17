package io.serai.cli.internal.kind;

import io.serai.cli.internal.catalog.KindModel;
import io.serai.cli.internal.command.ChangeOptions;
import io.serai.cli.internal.command.LayerOption;
import io.serai.cli.internal.command.Session;
import io.serai.cli.internal.command.Upload;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Puts a file as an object. */
@Command(
        name = "upload",
        description = "Puts a file as an object.",
        footer = {"", "Example: serai artifact upload orders.jar target/orders-1.1.jar --wait all"})
final class UploadCommand implements Callable<Integer> {
    private final Session session;
    private final KindModel kind;

    @Parameters(index = "0", paramLabel = "NAME", description = "which object")
    private String name = "";

    @Parameters(index = "1", paramLabel = "FILE", description = "its content")
    private Path file = Path.of("");

    @Mixin
    private LayerOption layer = new LayerOption();

    @Mixin
    private ChangeOptions options = new ChangeOptions();

    UploadCommand(Session session, KindModel kind) {
        this.session = session;
        this.kind = kind;
    }

    @Override
    public Integer call() throws Exception {
        new Upload(session, options, layer).send(kind.name(), name, file);
        return 0;
    }
}
