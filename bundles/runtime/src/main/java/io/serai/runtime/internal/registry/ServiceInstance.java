package io.serai.runtime.internal.registry;

import io.serai.api.runtime.ServiceDescriptor;
import io.serai.api.service.Context;
import io.serai.api.service.Service;
import io.serai.runtime.internal.statistics.CallRecorder;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One object that answers the calls of one name, or could. Thread-safe. */
public final class ServiceInstance {
    private static final String LAMBDA = "$$Lambda";

    private final ServiceDescriptor descriptor;
    private final ServiceOrigin origin;
    private final Service<Object, Object> service;
    private final CallRecorder recorder;
    private final CallGate gate = new CallGate();
    private final long timeoutNanos;
    private final @Nullable Class<?> plainInput;
    private volatile @Nullable Logger logger;

    /**
     * Makes an instance.
     *
     * @param service the object; its type arguments are those of the descriptor
     * @param recorder what counts the calls of this name
     */
    @SuppressWarnings("unchecked")
    public ServiceInstance(
            ServiceDescriptor descriptor, ServiceOrigin origin, Service<?, ?> service, CallRecorder recorder) {
        this.descriptor = descriptor;
        this.origin = origin;
        this.service = (Service<Object, Object>) service;
        this.recorder = recorder;
        this.timeoutNanos = TimeUnit.NANOSECONDS.convert(descriptor.timeout());
        this.plainInput = descriptor.input() instanceof Class<?> plain ? plain : null;
    }

    private static String loggerName(String className) {
        int lambda = className.indexOf(LAMBDA);
        return lambda < 0 ? className : className.substring(0, lambda);
    }

    public ServiceDescriptor descriptor() {
        return descriptor;
    }

    public String name() {
        return descriptor.name();
    }

    public ServiceOrigin origin() {
        return origin;
    }

    /** Lets the object answer a call. */
    @SuppressWarnings("NullAway") // null is what a service takes that takes nothing
    public @Nullable Object handle(@Nullable Object input, Context context) throws Exception {
        return service.handle(input, context);
    }

    /** Returns the class loader of the bundle that brought the object. */
    public @Nullable ClassLoader classLoader() {
        return service.getClass().getClassLoader();
    }

    /** Returns whether the service takes no input. */
    public boolean takesNothing() {
        return descriptor.input() == Void.class;
    }

    /** Returns whether the service takes an object as it is. */
    public boolean takes(@Nullable Object input) {
        return input != null && plainInput != null && plainInput.isInstance(input);
    }

    public CallRecorder recorder() {
        return recorder;
    }

    /** Returns the logger of the class; made when it is asked for first, as most of a thousand services never ask. */
    public Logger logger() {
        Logger present = logger;
        if (present == null) {
            present = LoggerFactory.getLogger(loggerName(descriptor.className()));
            logger = present;
        }
        return present;
    }

    public long timeoutNanos() {
        return timeoutNanos;
    }

    /** Lets a call in, unless the instance takes none any more; who got in must {@link #leave()}. */
    public boolean enter() {
        return gate.enter();
    }

    public void leave() {
        gate.leave();
    }

    /** Takes no further calls; only for an instance that has no name any more. */
    public void close() {
        gate.close();
    }

    /**
     * Waits until the last call has left; the instance must be closed.
     *
     * @return whether it has
     */
    public boolean awaitIdle(long nanos) throws InterruptedException {
        return gate.awaitEmpty(nanos);
    }

    /** Closes the object, if it can be closed: for objects that the runtime has made itself. */
    public void dispose() {
        if (service instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                logger().warn("Could not close a service that goes: service={} owner={}", name(), origin.owner(), e);
            }
        }
    }
}
