package io.serai.cli.internal.kind;

import io.serai.cli.internal.catalog.KindModel;
import io.serai.cli.internal.command.Session;
import io.serai.cli.internal.console.CommandException;
import io.serai.cli.internal.output.JsonTree;
import io.serai.cli.internal.output.ObjectTable;
import io.serai.cli.internal.rest.ApiRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows how objects fare, in numbers. */
@Command(
        name = "stats",
        description = "Shows how they fare, in numbers.",
        footer = {"", "Example: serai service stats --watch"})
final class StatsCommand implements Callable<Integer> {
    private static final int PAUSE_SECONDS = 2;

    private final Session session;
    private final KindModel kind;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "which object; all if absent")
    private String name = "";

    @Option(
            names = {"-w", "--watch"},
            description = "go on, and show them again every 2 s")
    private boolean watch;

    StatsCommand(Session session, KindModel kind) {
        this.session = session;
        this.kind = kind;
    }

    @Override
    public Integer call() throws CommandException {
        show();
        try {
            while (watch) {
                new CountDownLatch(1).await(PAUSE_SECONDS, TimeUnit.SECONDS);
                session.console().line("");
                show();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 0;
    }

    private void show() throws CommandException {
        ApiRequest request =
                name.isEmpty() ? ApiRequest.of("GET", kind.name()) : ApiRequest.of("GET", kind.name(), name);
        Map<String, Object> answer = session.client().send(request).json();
        List<Map<String, Object>> objects = name.isEmpty()
                ? JsonTree.list(answer.get("items")).stream().map(JsonTree::map).toList()
                : List.of(answer);
        ObjectTable.ofStatus(objects).lines(objects).forEach(session.console()::line);
        session.console().out().flush();
    }
}
