package io.serai.cli.internal.line;

import io.serai.cli.internal.command.Commands;
import io.serai.cli.internal.command.Session;
import io.serai.cli.internal.console.CommandException;
import io.serai.cli.internal.output.JsonTree;
import io.serai.cli.internal.rest.ApiRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine;

/** Tells what a word that is being typed could become. What the cluster does not tell soon is left out. */
final class Completer {
    private static final String MOST = "1000";

    private final Session session;
    private final Set<String> launcher;

    Completer(Session session, Set<String> launcher) {
        this.session = session;
        this.launcher = Set.copyOf(launcher);
    }

    /** Returns candidates for the last word, which may be empty. */
    List<String> candidates(List<String> words) {
        String last = words.isEmpty() ? "" : words.get(words.size() - 1);
        List<String> found = new ArrayList<>();
        try {
            found.addAll(all(words, last));
        } catch (CommandException e) {
            return List.of(); // nobody is logged in, or nobody answers: there is nothing to propose
        }
        return found.stream()
                .filter(each -> each.startsWith(last))
                .distinct()
                .sorted()
                .toList();
    }

    private Collection<String> all(List<String> words, String last) throws CommandException {
        if (words.size() <= 1) {
            return Stream.of(Commands.names(), launcher, kinds())
                    .flatMap(Set::stream)
                    .toList();
        }
        String before = words.get(words.size() - 2);
        if (before.equals("-o") || before.equals("--output")) {
            return List.of("table", "wide", "json", "yaml", "name", "jsonpath=");
        }
        if (before.equals("--wait")) {
            return List.of("all", "majority", "none");
        }
        if (before.equals("--profile") || (before.equals("use") && words.get(0).equals("context"))) {
            return session.targets().profiles().all().keySet();
        }
        CommandLine command = command(words);
        if (last.startsWith("-")) {
            return command.getCommandSpec().optionsMap().keySet();
        }
        return words(words, command);
    }

    private Set<String> kinds() {
        try {
            return session.catalog().names();
        } catch (CommandException e) {
            return Set.of(); // commands that are always there can be proposed all the same
        }
    }

    /** Returns the command that the words before the last one are for. */
    private CommandLine command(List<String> words) throws CommandException {
        CommandLine command = new SeraiLine(session, launcher).tree(words);
        for (String word : words.subList(0, words.size() - 1)) {
            CommandLine inner = command.getSubcommands().get(word);
            command = inner == null ? command : inner;
        }
        return command;
    }

    private Collection<String> words(List<String> words, CommandLine command) throws CommandException {
        if (!command.getSubcommands().isEmpty()) {
            return command.getSubcommands().keySet();
        }
        List<String> plain = words.subList(0, words.size() - 1).stream()
                .filter(word -> !word.startsWith("-"))
                .toList();
        return switch (plain.get(0)) {
            case "get", "list", "delete" -> plain.size() == 1
                    ? session.catalog().names()
                    : names(plain.get(1), plain.size());
            case "history", "rollback" -> names("artifact", plain.size() + 1);
            case "explain", "export" -> session.catalog().names();
            case "completion" -> List.of("bash", "zsh", "fish");
            default -> names(plain.get(0), plain.size());
        };
    }

    /** Returns the names of objects of a kind, where the third word is to be one. */
    private List<String> names(String kind, int position) throws CommandException {
        if (position != 2 || session.catalog().find(kind).isEmpty()) {
            return List.of();
        }
        ApiRequest list = ApiRequest.of("GET", session.catalog().get(kind).name())
                .query("limit", MOST)
                .query("fields", "name");
        return JsonTree.list(session.client().send(list).json().get("items")).stream()
                .map(item -> JsonTree.textAt(JsonTree.map(item), "name"))
                .toList();
    }
}
