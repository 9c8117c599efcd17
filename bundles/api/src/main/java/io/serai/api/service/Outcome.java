package io.serai.api.service;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How a call ended: with an answer or with a failure. */
public sealed interface Outcome {

    /**
     * The call was answered.
     *
     * @param value the answer, of the type that was asked for; null if the service gave none
     */
    record Answer(@Nullable Object value) implements Outcome {}

    /**
     * The call failed.
     *
     * @param cause why
     */
    record Failure(ServiceException cause) implements Outcome {
        public Failure {
            Objects.requireNonNull(cause, "cause");
        }
    }

    /**
     * Returns the answer.
     *
     * @throws ServiceException if the call failed
     */
    default @Nullable Object get() {
        if (this instanceof Failure failure) {
            throw failure.cause();
        }
        return ((Answer) this).value();
    }
}
