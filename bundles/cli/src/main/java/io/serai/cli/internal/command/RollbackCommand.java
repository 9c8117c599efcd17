package io.serai.cli.internal.command;

import io.serai.cli.internal.console.CommandException;
import io.serai.cli.internal.output.ChangeReport;
import io.serai.cli.internal.output.JsonTree;
import io.serai.cli.internal.rest.ApiRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Brings an object back to an earlier version. */
@Command(
        name = "rollback",
        description =
                "Brings an artifact, or an object of --kind, back to an earlier version, and waits until nodes run it.",
        footer = {
            "",
            "Example: serai rollback orders.jar --to 2",
            "         serai rollback orders --kind rest-channel --to 3f0c1a22"
        })
final class RollbackCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "ARTIFACT", description = "which artifact")
    private String name = "";

    @Option(names = "--kind", paramLabel = "KIND", description = "the kind of the object; artifact if absent")
    private String kind = "artifact";

    @Option(names = "--to", paramLabel = "VERSION", description = "how many versions back, or a commit; 1 if absent")
    private String to = "1";

    @Option(
            names = "--wait",
            arity = "0..1",
            fallbackValue = "all",
            paramLabel = "NODES",
            description = "which nodes to wait for: all, as it does if absent, majority or none")
    private String wait = "all";

    @Option(names = "--rolling", description = "let nodes apply it one after another, no further when one fails")
    private boolean rolling;

    @Mixin
    private LayerOption layer = new LayerOption();

    RollbackCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws CommandException {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("to", to);
        if (rolling) {
            parameters.put("rolling", true);
        }
        if (!layer.layer().isEmpty()) {
            parameters.put("layer", layer.layer());
        }
        Map<String, Object> done = session.client()
                .send(ApiRequest.of("POST", kind, name, "rollback")
                        .query("wait", wait)
                        .query("timeout", session.timeout())
                        .body("application/json", JsonTree.write(parameters)))
                .json();
        boolean same = Boolean.TRUE.equals(done.get("unchanged"));
        session.console()
                .line(kind + "/" + name + (same ? " unchanged: it is" : " rolled back: it is") + " as in "
                        + JsonTree.textAt(done, "restored"));
        new ChangeReport(session.console(), done).print();
        return 0;
    }
}
