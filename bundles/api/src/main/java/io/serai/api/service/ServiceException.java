package io.serai.api.service;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A failure that the caller of a service is meant to see. The message goes to the caller as it is: what failed, on which
 * object, why, what to do; nothing secret. It is not logged as an error: throw any other exception for a fault of the
 * service itself.
 *
 * <pre>{@code
 * throw ServiceException.notFound("There is no order " + id);
 * throw ServiceException.invalid("lines[2].price", "A price must not be negative");
 * throw new ServiceException(Reason.GONE, "Order " + id + " was deleted");
 * }</pre>
 */
public final class ServiceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final @Nullable String field;

    /** Why a call failed, with the HTTP status that says the same (RFC 9110). */
    public enum Reason {
        /** The input is wrong: 400. */
        INVALID(400),
        /** The caller has not said who it is: 401. */
        UNAUTHENTICATED(401),
        /** The caller may not do this: 403. */
        FORBIDDEN(403),
        /** The object does not exist: 404. */
        NOT_FOUND(404),
        /** The object is in another state than the caller supposed: 409. */
        CONFLICT(409),
        /** The object existed once: 410. */
        GONE(410),
        /** The payload is larger than allowed: 413. */
        TOO_LARGE(413),
        /** The payload is not of a type that is understood: 415. */
        UNSUPPORTED_TYPE(415),
        /** The input is well-formed, but makes no sense: 422. */
        UNPROCESSABLE(422),
        /** The caller calls too often: 429. */
        TOO_MANY_REQUESTS(429),
        /** The service has failed: 500. */
        FAILED(500),
        /** The service cannot be reached now; a later try may succeed: 503. */
        UNAVAILABLE(503),
        /** The time was over: 504. */
        TIMEOUT(504);

        private final int status;

        Reason(int status) {
            this.status = status;
        }

        /** Returns the HTTP status. */
        public int status() {
            return status;
        }
    }

    /**
     * Makes a failure for a reason.
     *
     * @param message what the caller is told
     */
    public ServiceException(Reason reason, String message) {
        this(reason, message, null, null);
    }

    /**
     * Makes a failure for a reason, with what lies behind it.
     *
     * @param message what the caller is told
     * @param field the path of the input field that is to blame, such as {@code lines[2].price}; null if none is
     * @param cause what lies behind it, for the log only; null if nothing does
     */
    public ServiceException(Reason reason, String message, @Nullable String field, @Nullable Throwable cause) {
        super(Objects.requireNonNull(message, "message"), cause);
        this.reason = Objects.requireNonNull(reason, "reason");
        this.field = field;
    }

    /**
     * Returns a failure: the input is wrong.
     *
     * @param field the path of the input field that is to blame, such as {@code lines[2].price}
     * @param message what the caller is told
     */
    public static ServiceException invalid(String field, String message) {
        return new ServiceException(Reason.INVALID, message, field, null);
    }

    /** Returns a failure: the object does not exist. */
    public static ServiceException notFound(String message) {
        return new ServiceException(Reason.NOT_FOUND, message);
    }

    /** Returns a failure: the caller may not do this. */
    public static ServiceException forbidden(String message) {
        return new ServiceException(Reason.FORBIDDEN, message);
    }

    /** Returns a failure: the object is in another state than the caller supposed. */
    public static ServiceException conflict(String message) {
        return new ServiceException(Reason.CONFLICT, message);
    }

    /** Returns why the call failed. */
    public Reason reason() {
        return reason;
    }

    /** Returns the path of the input field that is to blame; empty if none is. */
    public Optional<String> field() {
        return Optional.ofNullable(field);
    }
}
