package io.serai.cli.internal.console;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a command reads and prints. */
public final class Console {
    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;
    private final boolean terminal;
    private final boolean colours;

    /**
     * Makes one of streams.
     *
     * @param terminal whether the output is a terminal
     * @param environment whose {@code NO_COLOR} is heeded (no-color.org)
     */
    public Console(
            InputStream in, PrintStream out, PrintStream err, boolean terminal, Map<String, String> environment) {
        this.in = in;
        this.out = out;
        this.err = err;
        this.terminal = terminal;
        this.colours = terminal && environment.getOrDefault("NO_COLOR", "").isEmpty();
    }

    /** Returns where results go. */
    public PrintStream out() {
        return out;
    }

    /** Returns where everything else goes. */
    public PrintStream err() {
        return err;
    }

    /** Returns where input comes from. */
    public InputStream in() {
        return in;
    }

    /** Returns whether results go to a terminal. */
    public boolean isTerminal() {
        return terminal;
    }

    /** Returns whether escape codes may be printed. */
    public boolean hasColours() {
        return colours;
    }

    /** Prints a line of results, without what would steer a terminal. */
    public void line(String text) {
        out.println(harmless(text));
    }

    /** Prints bytes as they are; a terminal gets a line break after them. */
    public void raw(byte[] bytes) {
        out.write(bytes, 0, bytes.length);
        if (terminal && (bytes.length == 0 || bytes[bytes.length - 1] != '\n')) {
            out.println();
        }
        out.flush();
    }

    /** Says what went wrong. */
    public void complain(CommandException failure) {
        err.println("Error: " + sentence(harmless(String.valueOf(failure.getMessage()))));
        failure.details().forEach(detail -> err.println("  " + harmless(detail)));
        if (!failure.hint().isEmpty()) {
            err.println("Hint: " + harmless(failure.hint()));
        }
        if (!failure.correlationId().isEmpty()) {
            err.println("id=" + harmless(failure.correlationId()));
        }
    }

    private static String sentence(String text) {
        return text.endsWith(".") || text.endsWith("?") || text.endsWith("!") ? text : text + ".";
    }

    /** Returns a text in which nothing steers a terminal, whoever wrote it. */
    public static String harmless(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c == '\n' || c == '\t' || !Character.isISOControl(c)) {
                shown.appendCodePoint(c);
            } else {
                shown.append('?');
            }
        });
        return shown.toString();
    }

    /**
     * Returns a secret: a person types it unseen; otherwise it is the first line of the input, if the person who started the
     * command said so.
     */
    public char[] secret(String what, boolean fromInput) throws CommandException, IOException {
        java.io.Console terminal = person();
        if (terminal == null && fromInput) {
            return firstLine().toCharArray();
        }
        if (terminal == null) {
            throw CommandException.of(
                    ExitCode.USAGE,
                    "There is no terminal to ask for the " + what + " on",
                    "give it as the first line of the standard input, with --" + what + "-stdin");
        }
        char[] secret =
                terminal.readPassword("%s: ", what.substring(0, 1).toUpperCase(Locale.ROOT) + what.substring(1));
        if (secret == null) {
            throw CommandException.of(ExitCode.USAGE, "No " + what + " was given");
        }
        return secret;
    }

    /** Returns what a person answers; empty if there is nobody to ask. */
    public Optional<String> ask(String question) {
        java.io.Console terminal = person();
        return terminal == null ? Optional.empty() : Optional.ofNullable(terminal.readLine("%s ", question));
    }

    /** Returns the terminal of a person; null if input or output is none. */
    @SuppressWarnings("SystemConsoleNull") // the launcher has later versions of Java take the console of earlier ones
    private static java.io.@Nullable Console person() {
        return System.console();
    }

    private String firstLine() throws IOException {
        String line = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
        return line == null ? "" : line;
    }
}
