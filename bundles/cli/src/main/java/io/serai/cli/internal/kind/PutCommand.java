package io.serai.cli.internal.kind;

import io.serai.cli.internal.catalog.KindModel;
import io.serai.cli.internal.command.ChangeOptions;
import io.serai.cli.internal.command.LayerOption;
import io.serai.cli.internal.command.Session;
import io.serai.cli.internal.console.CommandException;
import io.serai.cli.internal.console.ExitCode;
import io.serai.cli.internal.output.ChangeReport;
import io.serai.cli.internal.output.JsonTree;
import io.serai.cli.internal.rest.ApiAnswer;
import io.serai.cli.internal.rest.ApiRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;

/** Makes an object of what options say; {@code set} also changes one that is there, in these fields only. */
final class PutCommand implements Callable<Integer> {
    private static final Set<String> TAKEN =
            Set.of("help", "profile", "timeout", "wait", "rolling", "dry-run", "message", "layer", "set");

    private final Session session;
    private final KindModel kind;
    private final boolean onlyNew;
    private final SchemaOptions fields;
    private final CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "which object")
    private String name = "";

    @Mixin
    private LayerOption layer = new LayerOption();

    @Mixin
    private ChangeOptions options = new ChangeOptions();

    private PutCommand(Session session, KindModel kind, boolean onlyNew) {
        this.session = session;
        this.kind = kind;
        this.onlyNew = onlyNew;
        this.fields = new SchemaOptions(kind.schema(), TAKEN);
        this.spec = CommandSpec.forAnnotatedObject(this);
    }

    /** Returns the command, with an option for every field. */
    static CommandSpec of(Session session, KindModel kind, boolean onlyNew) {
        PutCommand command = new PutCommand(session, kind, onlyNew);
        command.fields.addTo(command.spec);
        command.spec
                .usageMessage()
                .description(onlyNew ? "Makes a new one." : "Makes one, or changes the fields that are given.")
                .footer(
                        "",
                        "Example: serai " + kind.name() + (onlyNew ? " add" : " set") + " NAME"
                                + kind.columns().keySet().stream()
                                        .findFirst()
                                        .map(field -> " --" + field.toLowerCase(java.util.Locale.ROOT) + " VALUE")
                                        .orElse(""));
        return command.spec;
    }

    @Override
    public Integer call() throws Exception {
        Map<String, Object> given = fields.values(spec.commandLine().getParseResult(), session.console());
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("kind", kind.name());
        object.put("name", name);
        if (!layer.layer().isEmpty()) {
            object.put("layer", layer.layer());
        }
        ApiRequest put = ApiRequest.of("PUT", kind.name(), name);
        Map<String, Object> whole = new LinkedHashMap<>();
        String etag = onlyNew ? "" : readInto(whole);
        whole.putAll(given);
        object.put("spec", whole);
        put.header(etag.isEmpty() ? "If-None-Match" : "If-Match", etag.isEmpty() ? "*" : etag)
                .body("application/json", JsonTree.write(object));
        new ChangeReport(
                        session.console(),
                        session.client()
                                .send(options.to(layer.to(put), session))
                                .json())
                .print();
        return 0;
    }

    /** Reads the object as it is, and returns its ETag; empty if it is not there. */
    private String readInto(Map<String, Object> whole) throws CommandException {
        try {
            ApiAnswer there = session.client().send(layer.to(ApiRequest.of("GET", kind.name(), name)));
            whole.putAll(JsonTree.map(there.json().get("spec")));
            return there.etag();
        } catch (CommandException e) {
            if (e.code() == ExitCode.NOT_FOUND) {
                return "";
            }
            throw e;
        }
    }
}
