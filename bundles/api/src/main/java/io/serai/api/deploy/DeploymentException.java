package io.serai.api.deploy;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An artifact that could not be deployed; what was deployed before goes on. */
public final class DeploymentException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final String detail;

    /** Why it could not be deployed. */
    public enum Reason {
        /** The content is not what it claims to be; only other content helps. */
        INVALID(false),
        /** It did not start: an activator, a constructor or a route threw, or took too long. */
        START_FAILED(false),
        /** It needs something that is not there: a package, a service, a component. */
        UNSATISFIED(true),
        /** Something else has what it claims: a service name, a REST path, a PID. */
        CONFLICT(true),
        /** Nothing on this node takes files of this kind. */
        UNSUPPORTED(true),
        /** The disk or the framework failed. */
        IO(true);

        private final boolean retriable;

        Reason(boolean retriable) {
            this.retriable = retriable;
        }

        /** Returns whether the same content may succeed once something else on the node has changed. */
        public boolean retriable() {
            return retriable;
        }
    }

    /** Makes a failure without further detail. */
    public DeploymentException(Reason reason, String message, @Nullable Throwable cause) {
        this(reason, message, "", cause);
    }

    /**
     * Makes a failure.
     *
     * @param message what failed, on which object, why, what to do, in plain words
     * @param detail the raw words of the framework or compiler, for those who ask; may be empty
     */
    public DeploymentException(Reason reason, String message, String detail, @Nullable Throwable cause) {
        super(Objects.requireNonNull(message, "message"), cause);
        this.reason = Objects.requireNonNull(reason, "reason");
        this.detail = Objects.requireNonNull(detail, "detail");
    }

    /** Returns why it could not be deployed. */
    public Reason reason() {
        return reason;
    }

    /** Returns the raw words of the framework or compiler; may be empty. */
    public String detail() {
        return detail;
    }
}
