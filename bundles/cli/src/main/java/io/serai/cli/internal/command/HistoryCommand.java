package io.serai.cli.internal.command;

import io.serai.cli.internal.console.CommandException;
import io.serai.cli.internal.output.JsonTree;
import io.serai.cli.internal.output.OutputFormat;
import io.serai.cli.internal.output.Table;
import io.serai.cli.internal.rest.ApiAnswer;
import io.serai.cli.internal.rest.ApiRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells who changed what. */
@Command(
        name = "history",
        description = "Tells who changed the cluster, or one object, when and why, newest first.",
        footer = {"", "Example: serai history", "         serai history orders.jar --limit 5"})
final class HistoryCommand implements Callable<Integer> {
    private static final int SHORT_ID = 10;

    private final Session session;

    @Parameters(
            arity = "0..1",
            paramLabel = "ARTIFACT",
            description = "an artifact, or an object of --kind; all changes if absent")
    private String name = "";

    @Option(names = "--kind", paramLabel = "KIND", description = "the kind of the object; artifact if absent")
    private String kind = "artifact";

    @Option(names = "--limit", paramLabel = "COUNT", description = "how many at most; 20 if absent")
    private int limit = 20;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            description = "table, or json")
    private String output = "table";

    @Option(
            names = {"-f", "--follow"},
            description = "go on, and show what changes, the newest at the end")
    private boolean follow;

    HistoryCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws CommandException {
        OutputFormat format = OutputFormat.of(output);
        if (follow) {
            new HistoryTail(session, () -> revisions(ask())).run();
            return 0;
        }
        ApiAnswer answer = ask();
        if (format.form() == OutputFormat.Form.JSON) {
            session.console().raw(answer.body());
            return 0;
        }
        Table table = new Table(List.of("Commit", "Time", "Author", "Face", "Message"));
        revisions(answer).forEach(table::add);
        table.lines().forEach(session.console()::line);
        return 0;
    }

    private ApiAnswer ask() throws CommandException {
        ApiRequest request = name.isEmpty()
                ? ApiRequest.of("GET", "revision").query("limit", Integer.toString(limit))
                : ApiRequest.of("POST", kind, name, "history")
                        .body("application/json", JsonTree.write(Map.of("limit", (long) limit)));
        return session.client().send(request);
    }

    /** Returns the cells of each revision, the newest first. */
    private static List<List<String>> revisions(ApiAnswer answer) throws CommandException {
        List<List<String>> rows = new ArrayList<>();
        JsonTree.list(answer.json().get("items")).forEach(item -> {
            Map<String, Object> revision = JsonTree.map(item);
            rows.add(row(JsonTree.textAt(revision, "name"), JsonTree.map(revision.get("spec"))));
        });
        JsonTree.list(answer.json().get("revisions")).forEach(item -> {
            Map<String, Object> revision = JsonTree.map(item);
            rows.add(row(JsonTree.textAt(revision, "commit"), revision));
        });
        return rows;
    }

    private static List<String> row(String commit, Map<String, Object> revision) {
        return List.of(
                commit.substring(0, Math.min(SHORT_ID, commit.length())),
                JsonTree.textAt(revision, "time"),
                JsonTree.textAt(revision, "author"),
                JsonTree.textAt(revision, "face"),
                JsonTree.textAt(revision, "message").lines().findFirst().orElse(""));
    }
}
