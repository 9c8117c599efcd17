package io.serai.api.object;

import io.serai.api.state.StateException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A change or a question that was refused; nothing has changed. */
public final class ObjectException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final transient List<Problem> problems;

    /** Why it was refused. */
    public enum Reason {
        /** What was given is not what it should be. */
        INVALID,
        /** There is no such kind or object. */
        NOT_FOUND,
        /** Somebody else has changed it since it was read. */
        STALE,
        /** Another object refers to it. */
        IN_USE,
        /** Who asks may not. */
        FORBIDDEN,
        /** Objects of this kind cannot be changed so. */
        UNSUPPORTED,
        /** The disk, or another node, failed. */
        IO
    }

    /**
     * Something that is wrong with an object.
     *
     * @param object which, as {@link ObjectKey#toString}; empty if it concerns none
     * @param pointer where in the object, as a JSON pointer (RFC 6901) such as {@code /spec/path}; empty for all of it
     * @param message what is wrong, and what to do
     */
    public record Problem(String object, String pointer, String message) {
        /** Checks that all is there. */
        public Problem {
            Objects.requireNonNull(object, "object");
            Objects.requireNonNull(pointer, "pointer");
            Objects.requireNonNull(message, "message");
        }
    }

    /** Makes a refusal that concerns no single part of an object. */
    public ObjectException(Reason reason, String message, @Nullable Throwable cause) {
        this(reason, message, List.of(), cause);
    }

    /**
     * Makes a refusal.
     *
     * @param message what was refused, on which object, why, what to do
     * @param problems everything that is wrong
     */
    public ObjectException(Reason reason, String message, List<Problem> problems, @Nullable Throwable cause) {
        super(Objects.requireNonNull(message, "message"), cause);
        this.reason = Objects.requireNonNull(reason, "reason");
        this.problems = List.copyOf(problems);
    }

    /** Returns what the state refused, as objects say it. */
    public static ObjectException of(StateException refused) {
        Reason reason =
                switch (refused.reason()) {
                    case INVALID -> Reason.INVALID;
                    case CONFLICT -> Reason.STALE;
                    case NOT_FOUND -> Reason.NOT_FOUND;
                    case IO -> Reason.IO;
                };
        return new ObjectException(reason, String.valueOf(refused.getMessage()), refused);
    }

    /** Returns why it was refused. */
    public Reason reason() {
        return reason;
    }

    /** Returns everything that is wrong; empty if the message says it all. */
    public List<Problem> problems() {
        return problems;
    }
}
