package io.serai.camel.internal;

import java.util.Set;
import org.apache.camel.Consumer;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/** A service, as a route calls it or is it. */
final class SeraiEndpoint extends DefaultEndpoint {
    static final String TIMEOUT = "timeout";
    static final String FORMAT = "format";
    static final String REST = "rest";
    static final String INPUT = "input";
    static final Set<String> OPTIONS = Set.of(TIMEOUT, FORMAT, REST, INPUT, "exchangePattern");

    static final String OBJECT = "object";
    private static final String JSON = "json";

    private final String service;
    private final Call call;
    private final RouteOffer.Declaration declaration;

    /**
     * How a route calls the service.
     *
     * @param timeoutMillis how long a call may take; 0 for the service's own limit
     * @param format what the answer becomes: {@code object} as it is, or {@code json}
     */
    record Call(long timeoutMillis, String format) {
        Call {
            if (timeoutMillis < 0) {
                throw new IllegalArgumentException("Option 'timeout' is " + timeoutMillis
                        + "; give milliseconds from 1, or 0 for the service's own");
            }
            if (!format.equals(OBJECT) && !format.equals(JSON)) {
                throw new IllegalArgumentException("Option 'format' is '" + format + "'; give one of object, json");
            }
        }

        boolean json() {
            return format.equals(JSON);
        }
    }

    SeraiEndpoint(String uri, SeraiComponent component, String service, Call call, RouteOffer.Declaration declaration) {
        super(uri, component);
        this.service = service;
        this.call = call;
        this.declaration = declaration;
        setExchangePattern(ExchangePattern.InOut);
    }

    @Override
    public Producer createProducer() {
        SeraiComponent component = (SeraiComponent) getComponent();
        return new SeraiProducer(this, component.calls(), service, call);
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        SeraiComponent component = (SeraiComponent) getComponent();
        SeraiConsumer consumer = new SeraiConsumer(this, processor, component, service, declaration);
        configureConsumer(consumer);
        return consumer;
    }
}
