package io.serai.runtime.internal.invocation;

import io.serai.api.runtime.Invocation;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What all calls share that one call from a channel leads to. Thread-safe. */
final class Request {
    private static final VarHandle ATTRIBUTES;

    static {
        try {
            ATTRIBUTES = MethodHandles.lookup().findVarHandle(Request.class, "attributes", Map.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final CallEngine engine;
    private final Invocation invocation;
    private volatile @Nullable Map<String, Object> attributes;

    Request(CallEngine engine, Invocation invocation) {
        this.engine = engine;
        this.invocation = invocation;
    }

    CallEngine engine() {
        return engine;
    }

    Invocation invocation() {
        return invocation;
    }

    /** Returns what the calls leave for each other; made when the first of them asks. */
    Map<String, Object> attributes() {
        Map<String, Object> present = attributes;
        if (present != null) {
            return present;
        }
        Map<String, Object> made = new ConcurrentHashMap<>();
        @SuppressWarnings("unchecked")
        Map<String, Object> other = (Map<String, Object>) ATTRIBUTES.compareAndExchange(this, null, made);
        return other == null ? made : other;
    }
}
