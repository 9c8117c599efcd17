package io.serai.cli.internal.line;

import io.serai.cli.internal.command.Session;
import io.serai.cli.internal.console.CommandException;
import io.serai.cli.internal.console.Console;
import io.serai.cli.internal.profile.Targets;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Entry point of the commands that are for a cluster. The launcher gives it, as system properties, the home of nodes
 * ({@code serai.home}), its own commands ({@code serai.launcher.commands}), and whether the output is a terminal
 * ({@code serai.terminal}).
 */
public final class Serai {
    private static final Duration COMPLETION = Duration.ofMillis(300);
    private static final List<List<String>> TRAINING = List.of(
            List.of("get", "node"),
            List.of("node", "list", "-o", "yaml"),
            List.of("get", "service", "-o", "jsonpath={.items[*].name}"),
            List.of("rest-channel", "set", "--help"),
            List.of("deploy", "--help"),
            List.of("context", "list"),
            List.of("login", "--help"));

    private Serai() {}

    /** Runs a command, and exits with its exit code. */
    public static void main(String[] words) {
        PrintStream out = new PrintStream(
                new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)), false, StandardCharsets.UTF_8);
        boolean terminal = Boolean.getBoolean("serai.terminal");
        Console console = new Console(System.in, out, System.err, terminal, System.getenv());
        int code = run(List.of(words), console, System.getenv());
        out.flush();
        System.exit(code);
    }

    static int run(List<String> words, Console console, Map<String, String> environment) {
        Targets targets = new Targets(environment, Path.of(System.getProperty("serai.home", "serai")));
        Set<String> launcher =
                Set.of(System.getProperty("serai.launcher.commands", "").split(" ", -1));
        Session session = new Session(console, targets);
        String first = words.isEmpty() ? "" : words.get(0);
        return switch (first) {
            case "__complete" -> complete(words.subList(1, words.size()), session, launcher);
            case "__train" -> train(environment, targets, launcher);
            default -> new SeraiLine(session, launcher).run(words);
        };
    }

    private static int complete(List<String> words, Session session, Set<String> launcher) {
        try {
            session.hurry(COMPLETION);
        } catch (CommandException e) {
            // nobody is logged in: commands can be proposed all the same
        }
        new Completer(session, launcher).candidates(words).forEach(session.console()::line);
        return 0;
    }

    /** Runs commands that change nothing, so that the JVM can keep what it loads for them. */
    private static int train(Map<String, String> environment, Targets targets, Set<String> launcher) {
        int code = 0;
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        for (List<String> words : TRAINING) {
            Console console = new Console(InputStream.nullInputStream(), nowhere, nowhere, false, environment);
            code = Math.max(code, new SeraiLine(new Session(console, targets), launcher).run(words));
        }
        return code;
    }
}
