package io.serai.cli.internal.kind;

import io.serai.cli.internal.catalog.ActionModel;
import io.serai.cli.internal.catalog.KindModel;
import io.serai.cli.internal.command.Session;
import io.serai.cli.internal.console.CommandException;
import io.serai.cli.internal.console.ExitCode;
import io.serai.cli.internal.output.JsonTree;
import io.serai.cli.internal.output.OutputFormat;
import io.serai.cli.internal.rest.ApiAnswer;
import io.serai.cli.internal.rest.ApiRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Does an action with an object or a kind; its parameters are options, or one JSON. */
final class ActionCommand implements Callable<Integer> {
    private static final Set<String> TAKEN = Set.of("help", "profile", "timeout", "output", "set");
    private static final int BAD_REQUEST = 400;
    private static final String OUTPUT = "--output";

    private final Session session;
    private final KindModel kind;
    private final ActionModel action;
    private final SchemaOptions options;
    private final CommandSpec spec;

    private ActionCommand(Session session, KindModel kind, ActionModel action) {
        this.session = session;
        this.kind = kind;
        this.action = action;
        this.options = new SchemaOptions(action.schema(), TAKEN);
        this.spec = CommandSpec.wrapWithoutInspection(this);
    }

    /** Returns the command, with an option for every parameter. */
    static CommandSpec of(Session session, KindModel kind, ActionModel action) {
        ActionCommand command = new ActionCommand(session, kind, action);
        CommandSpec spec = command.spec;
        int index = 0;
        if (action.ofObject()) {
            spec.addPositional(positional(index++, "1", "NAME", "which object"));
        }
        if (!JsonTree.map(action.schema().get("properties")).isEmpty()) {
            spec.addPositional(positional(
                    index, "0..1", "JSON", "the parameters as JSON, in place of options; - for the standard input"));
        }
        command.options.addTo(spec);
        spec.addOption(OptionSpec.builder("-o", OUTPUT)
                .type(String.class)
                .paramLabel("FORM")
                .description("json, or jsonpath={.answer}")
                .build());
        String input = command.free().isEmpty() ? "" : " '{\"id\": \"7\"}'";
        spec.usageMessage()
                .description(JsonTree.textAt(action.schema(), "description").replace("%", "%%"))
                .footer(
                        "",
                        "Example: serai " + kind.name() + " " + action.name() + (action.ofObject() ? " NAME" : "")
                                + input);
        return spec;
    }

    private static PositionalParamSpec positional(int index, String arity, String label, String description) {
        return PositionalParamSpec.builder()
                .index(Integer.toString(index))
                .arity(arity)
                .paramLabel(label)
                .type(String.class)
                .description(description)
                .build();
    }

    /** Returns the parameter that takes any JSON, if it is the only one: then a JSON is its value, not all parameters. */
    private String free() {
        Map<String, Object> properties = JsonTree.map(action.schema().get("properties"));
        String only = properties.size() == 1 ? properties.keySet().iterator().next() : "";
        return JsonTree.map(properties.get(only)).containsKey("type") ? "" : only;
    }

    @Override
    public Integer call() throws Exception {
        List<String> words = new ArrayList<>();
        spec.commandLine().getParseResult().matchedPositionals().forEach(each -> words.addAll(each.stringValues()));
        Map<String, Object> parameters =
                new LinkedHashMap<>(options.values(spec.commandLine().getParseResult(), session.console()));
        if (words.size() > (action.ofObject() ? 1 : 0)) {
            Object json = json(words.get(words.size() - 1));
            if (free().isEmpty()) {
                parameters.putAll(JsonTree.map(json));
            } else {
                parameters.put(free(), json);
            }
        }
        ApiRequest request = action.ofObject()
                ? ApiRequest.of("POST", kind.name(), words.get(0), action.name())
                : ApiRequest.of("POST", kind.name(), action.name());
        return print(session.client().send(request.body("application/json", JsonTree.write(parameters))));
    }

    private Object json(String text) throws CommandException, IOException {
        byte[] bytes = text.equals("-") ? session.console().in().readAllBytes() : text.getBytes(StandardCharsets.UTF_8);
        try {
            return JsonTree.read(bytes);
        } catch (IOException e) {
            throw CommandException.of(
                    ExitCode.USAGE,
                    "What is given is no JSON, because " + e.getMessage(),
                    "quote it for your shell, as in '{\"id\": \"7\"}'");
        }
    }

    /** Prints what came back; an answer with a status that is no success ends the command so. */
    private int print(ApiAnswer answer) throws CommandException {
        String form = spec.commandLine().getParseResult().matchedOptionValue(OUTPUT, "json");
        OutputFormat format = OutputFormat.of(form);
        if (format.path().isPresent()) {
            format.path().get().of(answer.json()).forEach(value -> session.console()
                    .line(JsonTree.plain(value)));
        } else {
            session.console().raw(answer.body());
        }
        return answer.json().get("status") instanceof Long status && status >= BAD_REQUEST
                ? ExitCode.ofStatus(status.intValue()).number()
                : 0;
    }
}
