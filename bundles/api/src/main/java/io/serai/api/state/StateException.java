package io.serai.api.state;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A change or a question to the state that was refused; nothing has changed. */
public final class StateException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final transient Map<StatePath, String> paths;

    /** Why it was refused. */
    public enum Reason {
        /** The content of a file is not what it claims to be. */
        INVALID,
        /** Somebody else has changed the same file since the base of the change. */
        CONFLICT,
        /** There is no such commit, file or content. */
        NOT_FOUND,
        /** The repository could not be read or written: disk full, read-only, damaged. */
        IO
    }

    /** Makes a refusal that concerns no single file. */
    public StateException(Reason reason, String message, @Nullable Throwable cause) {
        this(reason, message, Map.of(), cause);
    }

    /**
     * Makes a refusal.
     *
     * @param paths the files to blame, and what is wrong with each
     */
    public StateException(Reason reason, String message, Map<StatePath, String> paths, @Nullable Throwable cause) {
        super(Objects.requireNonNull(message, "message"), cause);
        this.reason = Objects.requireNonNull(reason, "reason");
        this.paths = new TreeMap<>(paths);
    }

    /** Returns why it was refused. */
    public Reason reason() {
        return reason;
    }

    /** Returns the files to blame, and what is wrong with each. */
    public Map<StatePath, String> paths() {
        return Map.copyOf(paths);
    }
}
