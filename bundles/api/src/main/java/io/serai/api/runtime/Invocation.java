package io.serai.api.runtime;

import io.serai.api.service.Caller;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call of a service from a channel.
 *
 * @param service the name of the service
 * @param input an object of the service's input type, see {@link PayloadCodec}; it may have been replaced since that was
 *     looked up: an object of the same JSON is converted. Null only for {@link Void}
 * @param caller who calls
 * @param correlationId the id that follows the request; the runtime does not invent one
 * @param timeout how long it may take; empty for the service's own limit
 * @param headers what came with the request; keys in lower case; not copied: must not change during the call
 */
public record Invocation(
        String service,
        @Nullable Object input,
        Caller caller,
        String correlationId,
        Optional<Duration> timeout,
        Map<String, List<String>> headers) {
    public Invocation {
        Objects.requireNonNull(service, "service");
        Objects.requireNonNull(caller, "caller");
        Objects.requireNonNull(correlationId, "correlationId");
        Objects.requireNonNull(timeout, "timeout");
        Objects.requireNonNull(headers, "headers");
    }
}
