package io.serai.cli.internal.kind;

import io.serai.cli.internal.console.CommandException;
import io.serai.cli.internal.console.Console;
import io.serai.cli.internal.console.ExitCode;
import io.serai.cli.internal.output.JsonTree;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * The options that a JSON Schema makes: one for each property, lists by repetition. A secret is never one: it is typed unseen,
 * or read from the standard input.
 */
final class SchemaOptions {
    private static final String FREE = "--set";
    private final Map<String, Object> schema;
    private final Map<String, Object> properties;
    private final Set<String> taken;

    /** Makes them; a property that is called like one of the options that a command has besides gets a longer name. */
    SchemaOptions(Map<String, Object> schema, Set<String> taken) {
        this.schema = schema;
        this.taken = Set.copyOf(taken);
        this.properties = JsonTree.map(schema.get("properties"));
    }

    /** Adds the options to a command. */
    void addTo(CommandSpec command) {
        properties.forEach((name, value) -> {
            Map<String, Object> property = JsonTree.map(value);
            if (!Boolean.TRUE.equals(property.get("readOnly"))) {
                command.addOption(option(name, property));
            }
        });
        if (properties.isEmpty() && !Boolean.FALSE.equals(schema.get("additionalProperties"))) {
            command.addOption(OptionSpec.builder(FREE)
                    .paramLabel("KEY=VALUE")
                    .description("a key and its value; may be repeated")
                    .arity("1")
                    .type(List.class)
                    .auxiliaryTypes(String.class)
                    .build());
        }
    }

    private OptionSpec option(String name, Map<String, Object> property) {
        String type = JsonTree.textAt(property, "type");
        boolean secret = isSecret(property);
        OptionSpec.Builder option = OptionSpec.builder(optionName(name) + (secret ? "-stdin" : ""))
                .description(description(name, property).replace("%", "%%"))
                .paramLabel(label(type));
        if (secret || type.equals("boolean")) {
            return option.type(Boolean.class)
                    .arity(secret ? "0" : "0..1")
                    .fallbackValue("true")
                    .build();
        }
        boolean list = type.equals("array");
        if (list
                && !name.endsWith("ss")
                && name.endsWith("s")
                && !properties.containsKey(name.substring(0, name.length() - 1))) {
            String plural = optionName(name);
            option.names(plural, optionName(name.substring(0, name.length() - 1)));
        }
        return (list ? option.type(List.class).auxiliaryTypes(String.class) : option.type(String.class))
                .arity("1")
                .build();
    }

    private static String label(String type) {
        return switch (type) {
            case "integer", "number" -> "NUMBER";
            case "object", "" -> "JSON";
            default -> "TEXT";
        };
    }

    private String description(String name, Map<String, Object> property) {
        String text = JsonTree.textAt(property, "description");
        if (isSecret(property)) {
            return text + " From the first line of the standard input.";
        }
        List<Object> choices =
                JsonTree.list(JsonTree.at(property, "items.enum").orElse(JsonTree.list(property.get("enum"))));
        return text
                + (choices.isEmpty() ? "" : " One of " + JsonTree.plain(choices) + ".")
                + (JsonTree.list(schema.get("required")).contains(name) ? " Needed." : "");
    }

    private static boolean isSecret(Map<String, Object> property) {
        return Boolean.TRUE.equals(property.get("writeOnly"));
    }

    /** Returns the option of a property: maxBytes becomes --max-bytes. */
    private String optionName(String property) {
        String kebab = property.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
        return (taken.contains(kebab) ? "--spec-" : "--") + kebab;
    }

    /** Returns the values of the options that were given. */
    Map<String, Object> values(ParseResult given, Console console) throws CommandException, IOException {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Map.Entry<String, Object> each : properties.entrySet()) {
            Map<String, Object> property = JsonTree.map(each.getValue());
            String option = optionName(each.getKey());
            if (isSecret(property)) {
                if (given.hasMatchedOption(option + "-stdin")) {
                    values.put(each.getKey(), new String(console.secret(each.getKey(), true)));
                }
            } else if (given.hasMatchedOption(option)) {
                values.put(
                        each.getKey(),
                        value(option, property, given.matchedOption(option).stringValues()));
            }
        }
        if (given.hasMatchedOption(FREE)) {
            for (String pair : given.matchedOption(FREE).stringValues()) {
                int equals = pair.indexOf('=');
                if (equals < 1) {
                    throw CommandException.of(
                            ExitCode.USAGE, "'" + pair + "' is no key and value", FREE + " key=value");
                }
                values.put(pair.substring(0, equals), pair.substring(equals + 1));
            }
        }
        return values;
    }

    private static Object value(String option, Map<String, Object> property, List<String> texts)
            throws CommandException {
        if (!JsonTree.textAt(property, "type").equals("array")) {
            String last = texts.isEmpty() ? "true" : texts.get(texts.size() - 1);
            return scalar(option, JsonTree.textAt(property, "type"), last);
        }
        String type = JsonTree.textAt(JsonTree.map(property.get("items")), "type");
        List<Object> items = new ArrayList<>();
        for (String text : texts) {
            items.add(scalar(option, type.isEmpty() ? "string" : type, text));
        }
        return items;
    }

    private static Object scalar(String option, String type, String text) throws CommandException {
        try {
            return switch (type) {
                case "integer" -> Long.valueOf(text);
                case "number" -> new BigDecimal(text);
                case "boolean" -> flag(text);
                case "string" -> text;
                default -> JsonTree.read(text.getBytes(StandardCharsets.UTF_8));
            };
        } catch (IllegalArgumentException | IOException e) {
            throw CommandException.of(
                    ExitCode.USAGE,
                    "'" + text + "' is no " + (type.isEmpty() ? "JSON" : type) + ", which " + option + " takes");
        }
    }

    private static Boolean flag(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException(text);
        }
        return Boolean.valueOf(text);
    }
}
