package io.serai.api.security;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** Somebody was refused. */
public final class AccessException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final transient Optional<Duration> retryAfter;

    /** Why. */
    public enum Reason {
        /** It is not known who it is: wrong, expired or revoked credentials, which of them is not said. */
        UNAUTHENTICATED,
        /** It is known who it is, and that one may not. */
        FORBIDDEN,
        /** Too many attempts have failed; nothing was looked at. */
        THROTTLED
    }

    /** Makes a refusal, in words that may be shown to whoever was refused. */
    public AccessException(Reason reason, String message) {
        super(Objects.requireNonNull(message, "message"));
        this.reason = Objects.requireNonNull(reason, "reason");
        this.retryAfter = Optional.empty();
    }

    /** Makes a refusal until some time has passed. */
    public AccessException(String message, Duration retryAfter) {
        super(Objects.requireNonNull(message, "message"));
        this.reason = Reason.THROTTLED;
        this.retryAfter = Optional.of(retryAfter);
    }

    /** Returns why. */
    public Reason reason() {
        return reason;
    }

    /** Returns after how long another attempt is looked at; empty unless throttled. */
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
