package io.serai.cli.internal.console;

import java.util.List;

/** Ends a command; its message is what went wrong and why. */
public final class CommandException extends Exception {
    private static final long serialVersionUID = 1L;

    private final ExitCode code;
    private final String hint;
    private final String correlationId;
    private final transient List<String> details;

    private CommandException(ExitCode code, String message, String hint, String correlationId, List<String> details) {
        super(message);
        this.code = code;
        this.hint = hint;
        this.correlationId = correlationId;
        this.details = List.copyOf(details);
    }

    /** Makes one without more to say. */
    public static CommandException of(ExitCode code, String message) {
        return new CommandException(code, message, "", "", List.of());
    }

    /** Makes one with a command that may help. */
    public static CommandException of(ExitCode code, String message, String hint) {
        return new CommandException(code, message, hint, "", List.of());
    }

    /** Makes one of what the API refused, with all that it found wrong. */
    public static CommandException refused(
            ExitCode code, String message, String hint, String correlationId, List<String> details) {
        return new CommandException(code, message, hint, correlationId, details);
    }

    /** Returns the same with another exit code. */
    public CommandException with(ExitCode other) {
        return new CommandException(other, String.valueOf(getMessage()), hint, correlationId, details);
    }

    /** Returns how the command ends. */
    public ExitCode code() {
        return code;
    }

    /** Returns a command that may help; empty if there is none. */
    public String hint() {
        return hint;
    }

    /** Returns what finds the request in the logs of the cluster; empty if there was none. */
    public String correlationId() {
        return correlationId;
    }

    /** Returns everything that was wrong, where the message does not say it. */
    public List<String> details() {
        return details;
    }
}
