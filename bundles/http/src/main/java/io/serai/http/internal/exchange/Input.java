package io.serai.http.internal.exchange;

import org.eclipse.jetty.http.MultiPartFormData;
import org.jspecify.annotations.Nullable;

/**
 * The input of a call.
 *
 * @param value what the service takes
 * @param stream the body, if the service reads it itself
 * @param parts what to delete after the call
 */
record Input(@Nullable Object value, @Nullable LimitedSource stream, MultiPartFormData.@Nullable Parts parts) {
    static Input of(@Nullable Object value) {
        return new Input(value, null, null);
    }

    void release() {
        if (parts != null) {
            parts.close();
        }
    }
}
