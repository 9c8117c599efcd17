package io.serai.admin.internal.rest;

import io.serai.admin.internal.exchange.Problem;
import io.serai.admin.internal.exchange.ProblemWriter;
import io.serai.api.object.ObjectException;
import io.serai.api.security.Subject;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves everything below {@code /api/v1}: finds out who asks and for what, and says in one way what went wrong. */
public final class RestHandler extends Handler.Abstract {
    private static final Logger LOG = LoggerFactory.getLogger(RestHandler.class);
    private static final String ROOT = "/api/v1";
    private static final String LOGIN = "login";

    private final Supplier<@Nullable RestApi> api;
    private final ProblemWriter problems;

    /** Serves the API as long as it is there. */
    public RestHandler(Supplier<@Nullable RestApi> api, ProblemWriter problems) {
        this.api = api;
        this.problems = problems;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String path = request.getHttpURI().getPath();
        if (path == null || !(path.equals(ROOT) || path.startsWith(ROOT + "/"))) {
            return false;
        }
        try {
            RestApi served = api.get();
            if (served == null) {
                throw ApiException.of(
                        HttpStatus.SERVICE_UNAVAILABLE_503,
                        "This node does not serve the API at the moment; try again, or ask another node");
            }
            requireSameOrigin(request);
            List<String> segments = segments(path.substring(ROOT.length()));
            boolean opening =
                    segments.equals(List.of(LOGIN)) && request.getMethod().equals("POST");
            Subject subject = opening ? RestApi.NOBODY : served.logins().authenticate(request);
            ApiRequest asked = new ApiRequest(request, segments, subject);
            if (served.watches().isAskedFor(asked)) {
                served.watches().open(asked, response, callback);
            } else {
                write(served.answer(asked), request, response, callback);
            }
        } catch (ApiException e) {
            refuse(e, request, response, callback);
        } catch (ObjectException e) {
            if (e.reason() == ObjectException.Reason.IO) {
                LOG.warn("A request of the API could not be answered: path={}", path, e);
            }
            refuse(ApiException.of(e), request, response, callback);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            problems.write(request, response, callback, Problem.of(HttpStatus.SERVICE_UNAVAILABLE_503));
        } catch (IOException e) {
            callback.failed(e); // the client has gone, or the disk
        } catch (RuntimeException e) {
            LOG.error("A request of the API failed: method={}, path={}", request.getMethod(), path, e);
            problems.write(request, response, callback, Problem.of(HttpStatus.INTERNAL_SERVER_ERROR_500));
        }
        return true;
    }

    /** Refuses what pages of other sites have a browser send with the password it remembers. */
    private static void requireSameOrigin(Request request) throws ApiException {
        String origin = request.getHeaders().get(HttpHeader.ORIGIN);
        String host = request.getHeaders().get(HttpHeader.HOST);
        try {
            if (origin != null
                    && !String.valueOf(new URI(origin).getAuthority()).equals(host)) {
                throw ApiException.of(HttpStatus.FORBIDDEN_403, "Pages of other sites may not use this API");
            }
        } catch (URISyntaxException e) {
            throw ApiException.badRequest("The header Origin is not an origin");
        }
    }

    private static List<String> segments(String path) throws ApiException {
        List<String> segments = new ArrayList<>();
        try {
            for (String segment : path.split("/", -1)) {
                if (!segment.isEmpty()) {
                    segments.add(URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8));
                }
            }
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest("The path cannot be decoded; write it in UTF-8 with percent signs");
        }
        return segments;
    }

    private void refuse(ApiException refusal, Request request, Response response, Callback callback) {
        refusal.headers().forEach((name, value) -> response.getHeaders().put(name, value));
        problems.write(request, response, callback, refusal.problem());
    }

    private static void write(ApiAnswer answer, Request request, Response response, Callback callback)
            throws IOException {
        HttpFields.Mutable headers = response.getHeaders();
        headers.put(HttpHeader.CACHE_CONTROL, "no-store");
        headers.put("X-Content-Type-Options", "nosniff");
        answer.headers().forEach(headers::put);
        // what is left of a body that nobody wanted would be taken for the next request
        if (!request.consumeAvailable()) {
            headers.put(HttpFields.CONNECTION_CLOSE);
        }
        response.setStatus(answer.status());
        Optional<io.serai.api.state.Content> body = answer.body();
        if (body.isEmpty()) {
            callback.succeeded();
            return;
        }
        headers.put(HttpHeader.CONTENT_TYPE, answer.type());
        headers.put(HttpHeader.CONTENT_LENGTH, body.get().size());
        if (request.getMethod().equals("HEAD")) {
            callback.succeeded();
            return;
        }
        Content.copy(Content.Source.from(body.get().open()), response, callback);
    }
}
