package io.serai.api.secret;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A secret could not be had. The message never has any of its value. */
public final class SecretException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** Why. */
    public enum Reason {
        /** There is no secret of that name on this node, or it has no value yet. */
        ABSENT,
        /** It is there, and its value cannot be read on this node. */
        UNREADABLE
    }

    /** Makes a failure; the message says of which secret, why, and what to do. */
    public SecretException(Reason reason, String message, @Nullable Throwable cause) {
        super(Objects.requireNonNull(message, "message"), cause);
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    /** Returns why. */
    public Reason reason() {
        return reason;
    }
}
