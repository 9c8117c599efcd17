package io.serai.secrets.internal.key;

import org.jspecify.annotations.Nullable;

/** A value cannot be sealed, or what was sealed cannot be opened; the message says why and what to do. */
public final class SealException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Makes one. */
    public SealException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
