package io.serai.camel.internal;

import io.serai.api.runtime.Invocation;
import io.serai.api.service.Caller;
import io.serai.api.service.Context;
import io.serai.api.service.Outcome;
import io.serai.api.service.Reply;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The context of one call by {@link FakeRuntime}. */
final class FakeContext implements Context, Reply {
    private final Invocation invocation;
    private final Map<String, String> replied = new HashMap<>();
    private int status;

    FakeContext(Invocation invocation) {
        this.invocation = invocation;
    }

    int status() {
        return status;
    }

    Map<String, String> replied() {
        return replied;
    }

    @Override
    public Reply status(int value) {
        status = value;
        return this;
    }

    @Override
    public Reply header(String name, String value) {
        replied.put(name, value);
        return this;
    }

    @Override
    public String serviceName() {
        return invocation.service();
    }

    @Override
    public String correlationId() {
        return invocation.correlationId();
    }

    @Override
    public Caller caller() {
        return invocation.caller();
    }

    @Override
    public Duration timeLeft() {
        return Duration.ofSeconds(30);
    }

    @Override
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers().get(name.toLowerCase(Locale.ROOT))).map(values -> values.get(0));
    }

    @Override
    public Map<String, List<String>> headers() {
        return invocation.headers();
    }

    @Override
    public Map<String, Object> attributes() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Reply reply() {
        return this;
    }

    @Override
    public Logger logger() {
        return LoggerFactory.getLogger(FakeContext.class);
    }

    @Override
    public <O> O invoke(String service, Object input, Class<O> answerType) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <O> CompletableFuture<O> invokeAsync(String service, Object input, Class<O> answerType) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<String, Outcome> invokeAll(Map<String, Call> calls, Duration timeout) {
        throw new UnsupportedOperationException();
    }
}
