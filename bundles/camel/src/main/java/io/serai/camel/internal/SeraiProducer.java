package io.serai.camel.internal;

import io.serai.api.runtime.Invocation;
import io.serai.api.runtime.InvocationResult;
import io.serai.api.service.Caller;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultAsyncProducer;
import org.apache.camel.support.SynchronizationAdapter;
import org.apache.camel.util.IOHelper;
import org.jspecify.annotations.Nullable;

/** Calls a service with the message of a route, and makes its answer the message. */
final class SeraiProducer extends DefaultAsyncProducer {
    private static final String CHANNEL = "route";

    private final ServiceCalls calls;
    private final String service;
    private final SeraiEndpoint.Call call;

    SeraiProducer(SeraiEndpoint endpoint, ServiceCalls calls, String service, SeraiEndpoint.Call call) {
        super(endpoint);
        this.calls = calls;
        this.service = service;
        this.call = call;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        CompletableFuture<InvocationResult> answer;
        try {
            answer = calls.invocations().invoke(invocation(exchange));
        } catch (Exception e) {
            exchange.setException(e);
            callback.done(true);
            return true;
        }
        if (answer.isDone()) {
            var unused = answer.whenComplete((result, failure) -> complete(exchange, result, failure));
            callback.done(true);
            return true;
        }
        var unused = answer.whenComplete((result, failure) -> {
            complete(exchange, result, failure);
            callback.done(false);
        });
        return false;
    }

    private Invocation invocation(Exchange exchange) throws Exception {
        Object input = ServiceInput.of(exchange.getMessage(), calls.find(service), calls);
        Caller caller = Optional.ofNullable(exchange.getProperty(SeraiConsumer.CALLER, Caller.class))
                .orElseGet(() -> Caller.internal(CHANNEL));
        String correlationId =
                exchange.getMessage().getHeader(SeraiConsumer.CORRELATION_ID, exchange::getExchangeId, String.class);
        Optional<Duration> timeout =
                Optional.of(call.timeoutMillis()).filter(millis -> millis > 0).map(Duration::ofMillis);
        return new Invocation(
                service, input, caller, correlationId, timeout, ServiceInput.headers(exchange.getMessage()));
    }

    private void complete(Exchange exchange, @Nullable InvocationResult result, @Nullable Throwable failure) {
        if (result == null) {
            exchange.setException(
                    failure instanceof CompletionException && failure.getCause() != null
                            ? failure.getCause()
                            : failure);
            return;
        }
        Message message = exchange.getMessage();
        message.setBody(call.json() ? calls.codec().toJson(result.value()) : result.value());
        result.headers().forEach(message::setHeader);
        if (result.status() != 0) {
            message.setHeader(Exchange.HTTP_RESPONSE_CODE, result.status());
        }
        if (message.getBody() instanceof InputStream in) {
            exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
                @Override
                public void onDone(Exchange done) {
                    IOHelper.close(in);
                }
            });
        }
    }
}
