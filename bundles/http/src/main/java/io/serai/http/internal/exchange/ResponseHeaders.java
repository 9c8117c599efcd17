package io.serai.http.internal.exchange;

import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/** The headers that every answer has, whoever gives it: which node it is from, and the correlation id. */
public final class ResponseHeaders {
    static final String CORRELATION_ID = "X-Correlation-Id";
    static final String SERVED_BY = "X-Served-By";

    private static final String ATTRIBUTE = "io.serai.correlationId";

    private final CorrelationIds ids = new CorrelationIds();
    private final HttpField servedBy;

    /** Makes the headers of a node. */
    public ResponseHeaders(String node) {
        this.servedBy = new PreEncodedHttpField(SERVED_BY, node);
    }

    /** Sets them on an answer that has none yet. */
    String begin(Request request, Response response) {
        String id = ids.of(request.getHeaders().get(CORRELATION_ID));
        response.getHeaders().add(servedBy).add(new HttpField(null, CORRELATION_ID, id));
        return id;
    }

    /** Sees to it that a request keeps its id when others than the exchange go on with it. */
    void remember(Request request, String id) {
        request.setAttribute(ATTRIBUTE, id);
    }

    /** Sets them on an answer that may have lost them. */
    String ensure(Request request, Response response) {
        HttpFields.Mutable headers = response.getHeaders();
        String id = request.getAttribute(ATTRIBUTE) instanceof String remembered
                ? remembered
                : ids.of(request.getHeaders().get(CORRELATION_ID));
        headers.put(servedBy);
        headers.put(CORRELATION_ID, id);
        return id;
    }
}
