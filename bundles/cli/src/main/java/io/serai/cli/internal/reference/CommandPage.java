package io.serai.cli.internal.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** A command as a page of Markdown: what it does, its parameters and options, examples. */
final class CommandPage {
    private final CommandSpec command;

    CommandPage(CommandSpec command) {
        this.command = command;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>(List.of("### serai " + command.name(), ""));
        lines.addAll(List.of(plain(command.usageMessage().description()), ""));
        lines.addAll(parameters());
        lines.addAll(verbs());
        List<String> examples = examples();
        if (!examples.isEmpty()) {
            lines.add("```");
            lines.addAll(examples);
            lines.addAll(List.of("```", ""));
        }
        return lines;
    }

    private List<String> parameters() {
        List<String> rows = new ArrayList<>();
        for (PositionalParamSpec parameter : command.positionalParameters()) {
            rows.add(row(parameter.paramLabel(), parameter));
        }
        for (OptionSpec option : command.options()) {
            if (!option.inherited() && !option.hidden()) {
                boolean takesValue = option.arity().max() > 0 && !option.type().equals(boolean.class);
                rows.add(
                        row(String.join(", ", option.names()) + (takesValue ? " " + option.paramLabel() : ""), option));
            }
        }
        return Markdown.table(List.of("Parameter or option", "Meaning"), rows);
    }

    private List<String> verbs() {
        List<String> rows = new ArrayList<>();
        command.subcommands().forEach((name, verb) -> {
            CommandSpec spec = verb.getCommandSpec();
            String words = spec.positionalParameters().stream()
                    .map(parameter -> ' ' + parameter.paramLabel())
                    .collect(Collectors.joining());
            rows.add(Markdown.row(
                    Markdown.code(name + words), plain(spec.usageMessage().description())));
        });
        return Markdown.table(List.of("Verb", "Meaning"), rows);
    }

    private static String row(String names, ArgSpec argument) {
        return Markdown.row(Markdown.code(names), plain(argument.description()));
    }

    private List<String> examples() {
        return plain(command.usageMessage().footer())
                .lines()
                .map(line -> line.replaceFirst("^(Examples?:)?\\s+", ""))
                .filter(line -> line.startsWith("serai "))
                .toList();
    }

    private static String plain(String[] text) {
        return Ansi.OFF.string(String.join("\n", text)).replace("%%", "%").replace("%n", " ");
    }
}
