package io.serai.api.runtime;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The answer of a service to a channel.
 *
 * @param value the answer; null for none
 * @param status the status the service set, in HTTP's terms; 0 if it set none
 * @param headers the headers the service set; not copied
 */
public record InvocationResult(@Nullable Object value, int status, Map<String, String> headers) {
    public InvocationResult {
        Objects.requireNonNull(headers, "headers");
    }
}
