package io.serai.cli.internal.line;

import io.serai.api.text.NearNames;
import io.serai.cli.internal.catalog.KindModel;
import io.serai.cli.internal.command.Commands;
import io.serai.cli.internal.command.Session;
import io.serai.cli.internal.console.CommandException;
import io.serai.cli.internal.console.Console;
import io.serai.cli.internal.console.ExitCode;
import io.serai.cli.internal.kind.KindCommands;
import io.serai.cli.internal.rest.Target;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Runs what the words of a command line mean: a command that is always there, or one that a kind of the cluster makes. */
public final class SeraiLine {
    private static final String EXIT_CODES = "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 not found, 4 conflict,"
            + " 5 unauthorised, 6 unreachable, 7 took too long.";
    private static final int WIDTH = 110;

    private final Session session;
    private final Set<String> launcher;

    /** Makes one; the launcher has commands of its own, which only are proposed here. */
    public SeraiLine(Session session, Set<String> launcher) {
        this.session = session;
        this.launcher = Set.copyOf(launcher);
    }

    /** Runs a command, and returns its exit code. */
    public int run(List<String> words) {
        try {
            return tree(words).execute(words.toArray(String[]::new));
        } catch (CommandException e) {
            session.console().complain(e);
            return e.code().number();
        }
    }

    /** Returns the command line with the one command that the words are for. */
    CommandLine tree(List<String> words) throws CommandException {
        CommandLine root = new CommandLine(new RootCommand(session));
        Optional<String> noun = noun(words);
        if (noun.isPresent()) {
            Optional<Object> command = Commands.make(noun.get(), session);
            if (command.isPresent()) {
                root.addSubcommand(noun.get(), new CommandLine(command.get()).setCommandName(noun.get()));
            } else {
                profileOf(words);
                KindModel kind = kind(noun.get());
                root.addSubcommand(kind.name(), KindCommands.of(session, kind), noun.get());
            }
        } else {
            Commands.names()
                    .forEach(name -> root.addSubcommand(
                            name, Commands.make(name, session).orElseThrow()));
        }
        configure(root);
        return root;
    }

    /** Returns the first word that is neither an option nor its value. */
    private static Optional<String> noun(List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals("--profile") || word.equals("--timeout")) {
                i++;
            } else if (!word.startsWith("-")) {
                return Optional.of(word);
            }
        }
        return Optional.empty();
    }

    /** Looks for the profile before the words are read, because the cluster tells which words there are. */
    private void profileOf(List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).startsWith("--profile=")) {
                session.useProfile(words.get(i).substring("--profile=".length()));
            } else if (words.get(i).equals("--profile") && i + 1 < words.size()) {
                session.useProfile(words.get(i + 1));
            }
        }
    }

    private KindModel kind(String word) throws CommandException {
        Optional<Target> target = session.targets().find(session.profile());
        if (target.isEmpty() || target.get().token().isEmpty()) {
            throw unknown(word, List.of(), "the kinds of a cluster are known after a login");
        }
        Optional<KindModel> kind = session.catalog().find(word);
        if (kind.isEmpty()) {
            throw unknown(word, session.catalog().names(), "it is no kind of the cluster, either");
        }
        return kind.get();
    }

    private CommandException unknown(String word, Iterable<String> kinds, String more) {
        List<String> known = new ArrayList<>(Commands.names());
        known.addAll(launcher);
        kinds.forEach(known::add);
        Optional<String> near = NearNames.nearest(word, known);
        return CommandException.of(
                ExitCode.USAGE,
                "'" + word + "' is not a command of serai; " + more
                        + near.map(name -> ". Did you mean '" + name + "'?").orElse(""),
                "serai " + near.orElse("help"));
    }

    private void configure(CommandLine root) {
        Console console = session.console();
        root.setExpandAtFiles(false);
        root.setAllowOptionsAsOptionParameters(false);
        root.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
        root.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
        root.setColorScheme(CommandLine.Help.defaultColorScheme(console.hasColours() ? Ansi.ON : Ansi.OFF));
        root.setUsageHelpWidth(WIDTH);
        root.setParameterExceptionHandler((failure, words) -> refuse(failure));
        root.setExecutionExceptionHandler((failure, command, result) -> fail(failure));
        explain(root);
    }

    private static void explain(CommandLine command) {
        List<String> footer =
                new ArrayList<>(List.of(command.getCommandSpec().usageMessage().footer()));
        footer.add("");
        footer.add(EXIT_CODES);
        command.getCommandSpec().usageMessage().footer(footer.toArray(String[]::new));
        command.getSubcommands().values().stream().distinct().forEach(SeraiLine::explain);
    }

    private int refuse(ParameterException failure) {
        CommandLine command = failure.getCommandLine();
        String near = failure instanceof UnmatchedArgumentException unmatched
                ? near(unmatched.getUnmatched().get(0), command)
                : "";
        String message =
                String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
        session.console()
                .complain(CommandException.of(
                        ExitCode.USAGE,
                        message.replaceAll(" at index [0-9]+", "")
                                + (near.isEmpty() ? "" : ". Did you mean '" + near + "'?"),
                        command.getCommandSpec().qualifiedName() + " --help"));
        return ExitCode.USAGE.number();
    }

    private static String near(String word, CommandLine command) {
        List<String> known = new ArrayList<>(command.getSubcommands().keySet());
        if (word.startsWith("-")) {
            known = new ArrayList<>(command.getCommandSpec().optionsMap().keySet());
        }
        return NearNames.nearest(word, known).orElse("");
    }

    private int fail(Exception failure) throws Exception {
        if (failure instanceof CommandException known) {
            session.console().complain(known);
            return known.code().number();
        }
        throw failure;
    }
}
