package io.serai.api.runtime;

import java.util.concurrent.CompletableFuture;
import org.osgi.annotation.versioning.ProviderType;

/** Calls services on behalf of channels. Thread-safe. */
@ProviderType
public interface InvocationService {

    /**
     * Calls a service.
     *
     * <p>If the bulkhead of the service has room, the service runs <em>on the calling thread</em> before this method
     * returns: the caller's thread is one that may block. Otherwise the call is queued and runs on a thread of the
     * bulkhead; a queue that is full fails it with {@code UNAVAILABLE}.
     *
     * <p>When the deadline passes, the result fails with {@code TIMEOUT} at once, on a thread of the runtime, and the
     * thread of the service is interrupted; what the service answers later is dropped.
     *
     * @return completes with the answer, or exceptionally with a {@link io.serai.api.service.ServiceException} and
     *     nothing else: an exception of any other kind has become {@code FAILED}, with itself as the cause, and is in
     *     the log. {@code NOT_FOUND} means that the service found nothing; a service that is not there is
     *     {@code UNAVAILABLE}. Cancelling it interrupts the call.
     */
    CompletableFuture<InvocationResult> invoke(Invocation invocation);
}
