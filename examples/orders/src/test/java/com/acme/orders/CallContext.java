package com.acme.orders;

import io.serai.api.service.Caller;
import io.serai.api.service.Context;
import io.serai.api.service.Outcome;
import io.serai.api.service.Reply;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.helpers.NOPLogger;

/** What a service is called with in a test: prices by the real service, keeps the status of the answer. */
final class CallContext implements Context {
    private final PriceOrder prices;
    private final Map<String, Object> attributes = new HashMap<>();
    int status = 200;

    CallContext(PriceOrder prices) {
        this.prices = prices;
    }

    @Override
    public <O> O invoke(String service, Object input, Class<O> answerType) {
        return answerType.cast(prices.handle((PriceOrder.Request) input, this));
    }

    @Override
    public Reply reply() {
        return new Reply() {
            @Override
            public Reply status(int value) {
                status = value;
                return this;
            }

            @Override
            public Reply header(String name, String value) {
                return this;
            }
        };
    }

    @Override
    public String serviceName() {
        return "orders";
    }

    @Override
    public String correlationId() {
        return "test";
    }

    @Override
    public Caller caller() {
        return Caller.internal("service");
    }

    @Override
    public Duration timeLeft() {
        return Duration.ofSeconds(30);
    }

    @Override
    public Optional<String> header(String name) {
        return Optional.empty();
    }

    @Override
    public Map<String, List<String>> headers() {
        return Map.of();
    }

    @Override
    public Map<String, Object> attributes() {
        return attributes;
    }

    @Override
    public Logger logger() {
        return NOPLogger.NOP_LOGGER;
    }

    @Override
    public <O> CompletableFuture<O> invokeAsync(String service, Object input, Class<O> answerType) {
        return CompletableFuture.completedFuture(invoke(service, input, answerType));
    }

    @Override
    public Map<String, Outcome> invokeAll(Map<String, Call> calls, Duration timeout) {
        throw new UnsupportedOperationException("No service of this bundle does this");
    }
}
