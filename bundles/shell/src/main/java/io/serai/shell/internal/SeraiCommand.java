package io.serai.shell.internal;

import io.serai.api.state.Author;
import io.serai.api.state.StateException;
import java.io.PrintStream;
import java.util.stream.Collectors;
import org.apache.felix.service.command.Process;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.CommandException;
import org.apache.karaf.shell.support.table.ShellTable;
import org.jspecify.annotations.Nullable;

/**
 * What all commands have in common: {@code --json}, options behind arguments, and failures as exceptions that Karaf
 * prints in one line and turns into exit code 1.
 */
abstract class SeraiCommand implements Action {
    @Reference
    Session session;

    @Option(name = "--json", description = "Prints JSON")
    boolean json;

    /** Does what the command is for, and prints it. */
    abstract void run(PrintStream out) throws Exception;

    @Override
    public final @Nullable Object execute() throws Exception {
        TrailingOptions.apply(this);
        // The session's own console would bypass a pipe: service:list | grep orders.
        PrintStream out = Process.Utils.current().out();
        try {
            run(out);
        } catch (StateException e) {
            throw failure(withPaths(e), e);
        } catch (IllegalArgumentException e) {
            throw failure(String.valueOf(e.getMessage()), e);
        }
        return null;
    }

    /** Returns the person at the session as the author of a change. */
    final Author author() {
        Object user = session.get("USER");
        return new Author(user == null || user.toString().isBlank() ? "shell" : user.toString(), "shell");
    }

    /** Prints a table, cut to the width of the terminal if one shows it. */
    final void print(ShellTable table, PrintStream out) {
        if (session.getTerminal() != null && Process.Utils.current().isTty(1)) {
            table.size(Math.max(0, session.getTerminal().getWidth() - 1));
        }
        table.print(out);
    }

    /** Returns the exception that makes Karaf print a message and nothing else. */
    static CommandException failure(String message) {
        return failure(message, null);
    }

    /** Returns the exception that makes Karaf print a message, and log its cause at DEBUG. */
    static CommandException failure(String message, @Nullable Throwable cause) {
        return new CommandException("Error: " + message, message, cause);
    }

    private static String withPaths(StateException e) {
        String message = String.valueOf(e.getMessage());
        return e.paths().entrySet().stream()
                .filter(path -> !message.contains(path.getValue()))
                .map(path -> System.lineSeparator() + "  " + path.getKey() + ": " + path.getValue())
                .sorted()
                .collect(Collectors.joining("", message, ""));
    }
}
