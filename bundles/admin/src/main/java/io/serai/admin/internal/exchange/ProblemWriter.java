package io.serai.admin.internal.exchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Answers with problem documents: what our handlers refuse, and what Jetty does, unknown paths included. */
public final class ProblemWriter implements Request.Handler {
    private static final String CORRELATION_ID = "X-Correlation-Id";
    private static final String ID_PATTERN = "[A-Za-z0-9._-]{1,128}";

    private final ObjectMapper json = new ObjectMapper();

    /** Answers for Jetty. */
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Object cause = request.getAttribute(ErrorHandler.ERROR_EXCEPTION);
        int status = cause instanceof HttpException http ? http.getCode() : response.getStatus();
        if (HttpStatus.hasNoBody(status)) {
            callback.succeeded();
        } else {
            Object message = request.getAttribute(ErrorHandler.ERROR_MESSAGE);
            write(request, response, callback, Problem.of(status, detail(status, message)));
        }
        return true;
    }

    /** Answers a request. */
    public void write(Request request, Response response, Callback callback, Problem problem) {
        if (response.isCommitted()) {
            callback.failed(new IllegalStateException("The answer was begun before the failure: " + problem.detail()));
            return;
        }
        String id = correlationId(request);
        byte[] body = bytes(problem, instance(request), id);
        HttpFields.Mutable headers = response.getHeaders();
        headers.put(HttpHeader.CONTENT_TYPE, "application/problem+json");
        headers.put(HttpHeader.CACHE_CONTROL, "no-store");
        headers.put(HttpHeader.CONTENT_LENGTH, body.length);
        headers.put(CORRELATION_ID, id);
        // what is left of a body that is not wanted would be taken for the next request; what cannot be read, Jetty
        // closes on
        if (problem.status() == HttpStatus.REQUEST_TIMEOUT_408 || isUnread(request) || !request.consumeAvailable()) {
            headers.put(HttpFields.CONNECTION_CLOSE);
        }
        response.setStatus(problem.status());
        response.write(true, ByteBuffer.wrap(body), callback);
    }

    private byte[] bytes(Problem problem, String instance, String correlationId) {
        try {
            return json.writeValueAsBytes(problem.document(instance, correlationId));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A map of strings and numbers could not be written as JSON", e);
        }
    }

    private static String correlationId(Request request) {
        String sent = request.getHeaders().get(CORRELATION_ID);
        return sent != null && sent.matches(ID_PATTERN)
                ? sent
                : UUID.randomUUID().toString();
    }

    private static String instance(Request request) {
        return isUnread(request) ? "/" : request.getHttpURI().getPath();
    }

    /** Returns whether Jetty could not read the path of a request, which it calls by these names. */
    private static boolean isUnread(Request request) {
        String path = request.getHttpURI().getPath();
        return path == null || path.equals("/badMessage") || path.equals("/badURI");
    }

    private static String detail(int status, Object message) {
        return switch (status) {
            case HttpStatus.NOT_FOUND_404 -> "Nothing is served at this path";
            case HttpStatus.URI_TOO_LONG_414 -> "The address is too long; send a shorter one";
            case HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431 -> "The headers are too large; send fewer or shorter";
            case HttpStatus.REQUEST_TIMEOUT_408 -> "The request did not arrive in time; send it again";
            default -> status >= HttpStatus.INTERNAL_SERVER_ERROR_500 || message == null
                    ? Problem.of(status).detail()
                    : "The request was refused: " + message;
        };
    }
}
