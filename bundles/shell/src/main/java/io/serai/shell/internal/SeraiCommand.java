package io.serai.shell.internal;

import io.serai.api.object.ObjectException;
import io.serai.api.security.AccessControl;
import io.serai.api.security.AccessException;
import io.serai.api.security.AuditLog;
import io.serai.api.security.LoginService;
import io.serai.api.security.Subject;
import io.serai.api.state.Author;
import io.serai.api.state.StateException;
import io.serai.shell.internal.login.CurrentSubject;
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
public abstract class SeraiCommand implements Action {
    /** Where it runs. */
    @Reference
    protected Session session;

    /** Whether it prints JSON. */
    @Option(name = "--json", description = "Prints JSON")
    protected boolean json;

    @Reference
    LoginService logins;

    @Reference
    AccessControl access;

    @Reference
    AuditLog audit;

    /** Does what the command is for, and prints it. */
    protected abstract void run(PrintStream out) throws Exception;

    @Override
    public final @Nullable Object execute() throws Exception {
        TrailingOptions.apply(this);
        // The session's own console would bypass a pipe: service:list | grep orders.
        PrintStream out = Process.Utils.current().out();
        try {
            run(out);
            flush(out);
        } catch (StateException e) {
            throw failure(withPaths(e), e);
        } catch (ObjectException e) {
            // the files in the way are named by what the state refused
            throw failure(e.getCause() instanceof StateException cause ? withPaths(cause) : withProblems(e), e);
        } catch (AccessException e) {
            throw failure(String.valueOf(e.getMessage()), e);
        } catch (IllegalArgumentException e) {
            throw failure(String.valueOf(e.getMessage()), e);
        }
        return null;
    }

    /** Returns whoever is at the shell, with the roles of this moment. */
    protected final Subject subject() throws AccessException {
        return CurrentSubject.get(logins);
    }

    /** Demands that whoever is at the shell may do something, as {@link AccessControl#require}. */
    final Subject require(String verb, String kind, String name) throws AccessException {
        Subject subject = subject();
        access.require(subject, verb, kind, name);
        return subject;
    }

    /** Records what a command has done that does not go by way of the object model, which records by itself. */
    final void done(Subject subject, String action, String object, String detail) {
        audit.record(AuditLog.Event.of(subject, action, object, AuditLog.Outcome.DONE, detail));
    }

    /** Returns somebody as the author of a change. */
    static Author author(Subject subject) {
        return new Author(subject.name(), subject.face());
    }

    /** Demands that whoever is at the shell may do everything; the files of the node's machine are for nobody else. */
    protected final void requireAdministrator() throws AccessException {
        require(AccessControl.WRITE, "state", "");
    }

    /**
     * Sends what was printed on its way; returns whether anybody is there to read it.
     *
     * @param out the output of the command: a pipe, which does not hand a flush on to the console behind it
     */
    protected final boolean flush(PrintStream out) {
        boolean broken = out.checkError();
        return !session.getConsole().checkError() && !broken;
    }

    /** Prints a table, cut to the width of the terminal if one shows it. */
    protected final void print(ShellTable table, PrintStream out) {
        if (session.getTerminal() != null && Process.Utils.current().isTty(1)) {
            table.size(Math.max(0, session.getTerminal().getWidth() - 1));
        }
        table.print(out);
    }

    /** Returns the exception that makes Karaf print a message and nothing else. */
    public static CommandException failure(String message) {
        return failure(message, null);
    }

    /** Returns the exception that makes Karaf print a message, and log its cause at DEBUG. */
    public static CommandException failure(String message, @Nullable Throwable cause) {
        return new CommandException("Error: " + message, message, cause);
    }

    private static String withProblems(ObjectException e) {
        String message = String.valueOf(e.getMessage());
        return e.problems().stream()
                .filter(problem -> !message.contains(problem.message()))
                .map(problem -> System.lineSeparator() + "  " + problem.object()
                        + (problem.object().isEmpty() || problem.pointer().isEmpty() ? "" : " ") + problem.pointer()
                        + ": " + problem.message())
                .collect(Collectors.joining("", message, ""));
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
