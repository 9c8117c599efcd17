package io.serai.camel.internal;

import io.serai.api.service.Context;
import io.serai.api.service.Reply;
import io.serai.api.service.ServiceException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.StreamCache;
import org.apache.camel.Suspendable;
import org.apache.camel.WrappedFile;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;

/** Answers the calls of a service by a route. */
final class SeraiConsumer extends DefaultConsumer implements Suspendable, ShutdownAware {
    /** Under which exchange property the caller of the route stands, for the services that the route calls. */
    static final String CALLER = "SeraiCaller";

    static final String CORRELATION_ID = "Serai-Correlation-Id";

    /** Headers of one transfer, not of the message (RFC 9110, section 7.6.1), and Camel's and our own. */
    private static final Set<String> NOT_REPLIED =
            Set.of("connection", "content-length", "transfer-encoding", "serai-correlation-id");

    private static final String CAMEL = "camel";

    private final CallGate gate = new CallGate();
    private final RouteServices services;
    private final RouteOffer offer;

    SeraiConsumer(
            SeraiEndpoint endpoint,
            Processor processor,
            SeraiComponent component,
            String service,
            RouteOffer.Declaration declaration) {
        super(endpoint, processor);
        this.services = component.services();
        this.offer = new RouteOffer(
                service, component.owner(), component.getCamelContext(), declaration, gate, this::answer);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        services.attach(offer);
    }

    @Override
    protected void doSuspend() {
        services.detach(offer);
    }

    @Override
    protected void doResume() throws Exception {
        services.attach(offer);
    }

    @Override
    protected void doStop() throws Exception {
        services.detach(offer);
        super.doStop();
    }

    /** Lets Camel suspend this first, and stop it when no call is left: a processor that is stopped fails its exchanges. */
    @Override
    public boolean deferShutdown(ShutdownRunningTask task) {
        return false;
    }

    @Override
    public int getPendingExchangesSize() {
        return gate.inFlight();
    }

    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {
        // Nothing to prepare: calls are let in until the suspension.
    }

    private @Nullable Object answer(@Nullable Object input, Context context) throws Exception {
        Exchange exchange = createExchange(false);
        boolean streaming = false;
        try {
            createUoW(exchange);
            fill(exchange, input, context);
            getProcessor().process(exchange);
            rethrow(exchange);
            fill(context, exchange.getMessage());
            Object body = body(exchange.getMessage());
            if (body instanceof InputStream in) {
                streaming = true;
                return new ClosingStream(in, () -> end(exchange));
            }
            return body;
        } finally {
            if (!streaming) {
                end(exchange);
            }
        }
    }

    private void end(Exchange exchange) {
        try {
            doneUoW(exchange);
            releaseExchange(exchange, false);
        } finally {
            gate.leave();
        }
    }

    private static void fill(Exchange exchange, @Nullable Object input, Context context) {
        Message message = exchange.getIn();
        message.setBody(input);
        context.headers()
                .forEach((name, values) -> message.setHeader(name, values.size() == 1 ? values.get(0) : values));
        message.setHeader(CORRELATION_ID, context.correlationId());
        exchange.setProperty(CALLER, context.caller());
    }

    private static void rethrow(Exchange exchange) throws Exception {
        ServiceException told = exchange.getException(ServiceException.class);
        if (told != null) {
            throw told;
        }
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
    }

    private static void fill(Context context, Message answer) {
        Reply reply = context.reply();
        Integer status = answer.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
        if (status != null) {
            reply.status(status);
        }
        for (Map.Entry<String, Object> header : answer.getHeaders().entrySet()) {
            String name = header.getKey();
            if (isReply(name, header.getValue(), context)) {
                reply.header(name, header.getValue().toString());
            }
        }
    }

    /** Returns whether a header was set by the route, and is not what came with the request. */
    private static boolean isReply(String name, Object value, Context context) {
        String lower = name.toLowerCase(Locale.ROOT);
        return (value instanceof CharSequence || value instanceof Number || value instanceof Boolean)
                && !lower.startsWith(CAMEL)
                && !NOT_REPLIED.contains(lower)
                && !context.header(name).equals(Optional.of(value.toString()));
    }

    /** Returns the answer as something every channel can send. */
    private static @Nullable Object body(Message answer) throws Exception {
        Object body = answer.getBody();
        if (body instanceof StreamCache || body instanceof WrappedFile) {
            return answer.getMandatoryBody(InputStream.class);
        }
        return body instanceof org.w3c.dom.Node ? answer.getMandatoryBody(String.class) : body;
    }
}
