package io.serai.http.internal.exchange;

import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Tells what Jetty or a servlet refuses in the same way as all else: malformed requests, headers that are too large,
 * unknown paths, failed servlets.
 */
public final class ProblemErrorHandler implements Request.Handler {
    private final ProblemWriter problems;
    private final ResponseHeaders headers;

    /** Makes a handler. */
    public ProblemErrorHandler(ProblemWriter problems, ResponseHeaders headers) {
        this.problems = problems;
        this.headers = headers;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Object cause = request.getAttribute(ErrorHandler.ERROR_EXCEPTION);
        int status = cause instanceof HttpException http ? http.getCode() : response.getStatus();
        if (HttpStatus.hasNoBody(status)) {
            callback.succeeded();
            return true;
        }
        Problem problem = Problem.of(status, detail(status, request.getAttribute(ErrorHandler.ERROR_MESSAGE)));
        problems.write(request, response, callback, problem, headers.ensure(request, response));
        return true;
    }

    private static String detail(int status, Object message) {
        return switch (status) {
            case HttpStatus.NOT_FOUND_404 -> "Nothing is served at this path; see /openapi.json for what is";
            case HttpStatus.URI_TOO_LONG_414 -> "The address is too long; send large values in a body";
            case HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431 -> "The headers are too large; send fewer or shorter";
            case HttpStatus.REQUEST_TIMEOUT_408 -> "The request did not arrive in time; send it again";
            default -> status >= HttpStatus.INTERNAL_SERVER_ERROR_500 || message == null
                    ? "The server answered " + status + " " + HttpStatus.getMessage(status)
                    : "The request was refused: " + message;
        };
    }
}
