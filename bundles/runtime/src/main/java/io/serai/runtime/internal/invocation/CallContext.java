package io.serai.runtime.internal.invocation;

import io.serai.api.runtime.InvocationResult;
import io.serai.api.service.Caller;
import io.serai.api.service.Context;
import io.serai.api.service.Outcome;
import io.serai.api.service.Reply;
import io.serai.runtime.internal.registry.ServiceInstance;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** What one call knows. Makes what a service asks for when it asks: most services ask for little. */
final class CallContext implements Context {
    private final ServiceCall call;
    private final ServiceInstance instance;
    private @Nullable CallReply reply;
    private @Nullable Logger logger;

    CallContext(ServiceCall call, ServiceInstance instance) {
        this.call = call;
        this.instance = instance;
    }

    /** Returns an answer with what the service wants to go with it. */
    InvocationResult result(@Nullable Object value) {
        return reply == null ? new InvocationResult(value, 0, Map.of()) : reply.with(value);
    }

    @Override
    public String serviceName() {
        return call.serviceName();
    }

    @Override
    public String correlationId() {
        return call.correlationId();
    }

    @Override
    public Caller caller() {
        return call.request().invocation().caller();
    }

    @Override
    public Duration timeLeft() {
        return Duration.ofNanos(Math.max(0, call.deadlineNanos() - System.nanoTime()));
    }

    @Override
    public Optional<String> header(String name) {
        List<String> values = call.request().invocation().headers().get(name.toLowerCase(Locale.ROOT));
        return values == null || values.isEmpty() ? Optional.empty() : Optional.of(values.get(0));
    }

    @Override
    public Map<String, List<String>> headers() {
        return Collections.unmodifiableMap(call.request().invocation().headers());
    }

    @Override
    public Map<String, Object> attributes() {
        return call.request().attributes();
    }

    @Override
    public Reply reply() {
        CallReply present = reply;
        if (present == null) {
            present = new CallReply();
            reply = present;
        }
        return present;
    }

    @Override
    public Logger logger() {
        Logger present = logger;
        if (present == null) {
            present = new CorrelatedLogger(instance.logger(), call.correlationId());
            logger = present;
        }
        return present;
    }

    @Override
    public <O> O invoke(String service, Object input, Class<O> answerType) {
        return NestedCalls.invoke(call, new Call(service, input, answerType), answerType);
    }

    @Override
    public <O> CompletableFuture<O> invokeAsync(String service, Object input, Class<O> answerType) {
        return NestedCalls.invokeAsync(call, new Call(service, input, answerType), answerType);
    }

    @Override
    public Map<String, Outcome> invokeAll(Map<String, Context.Call> calls, Duration timeout) {
        return NestedCalls.invokeAll(call, calls, TimeUnit.NANOSECONDS.convert(timeout));
    }
}
