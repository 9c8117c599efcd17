package io.serai.http.internal.exchange;

import io.serai.api.runtime.PayloadCodec;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers requests with problem documents. */
public final class ProblemWriter {
    private static final HttpField TYPE = new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, "application/problem+json");
    private static final HttpField NO_STORE = new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "no-store");
    private static final HttpField RETRY_AFTER = new PreEncodedHttpField(HttpHeader.RETRY_AFTER, "1");

    private final PayloadCodec codec;

    /** Makes a writer. */
    public ProblemWriter(PayloadCodec codec) {
        this.codec = codec;
    }

    void write(Request request, Response response, Callback callback, Problem problem, String correlationId) {
        if (response.isCommitted()) {
            callback.failed(new IllegalStateException("The answer was begun before the failure: " + problem.detail()));
            return;
        }
        byte[] body = codec.toJson(problem.document(instance(request), correlationId));
        HttpFields.Mutable headers = response.getHeaders();
        headers.put(TYPE);
        headers.put(NO_STORE);
        headers.put(HttpHeader.CONTENT_LENGTH, body.length);
        if (problem.status() == HttpStatus.SERVICE_UNAVAILABLE_503) {
            headers.put(RETRY_AFTER);
        }
        if (!canGoOn(request, problem.status())) {
            headers.put(HttpFields.CONNECTION_CLOSE);
        }
        response.setStatus(problem.status());
        response.write(true, ByteBuffer.wrap(body), callback);
    }

    /** Returns whether the connection can take another request: not while this one's body or service is stuck in it. */
    private static boolean canGoOn(Request request, int status) {
        if (request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2) {
            return true;
        }
        return status != HttpStatus.REQUEST_TIMEOUT_408
                && status != HttpStatus.GATEWAY_TIMEOUT_504
                && request.consumeAvailable();
    }

    private static String instance(Request request) {
        String path = request.getHttpURI().getPath();
        // what Jetty calls a request whose own path could not be read
        boolean unknown = path == null || path.equals("/badMessage") || path.equals("/badURI");
        return unknown ? "/" : path;
    }
}
