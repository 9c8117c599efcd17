package io.serai.admin.internal.rest;

import io.serai.admin.internal.exchange.Problem;
import io.serai.api.object.ObjectException;
import io.serai.api.security.AccessException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/** A request that is refused, and what the client is told. */
final class ApiException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;
    private final transient Map<String, String> headers;

    private ApiException(Problem problem, Map<String, String> headers, @Nullable Throwable cause) {
        super(problem.detail(), cause);
        this.problem = problem;
        this.headers = headers;
    }

    static ApiException of(int status, String detail) {
        return new ApiException(Problem.of(status, detail), Map.of(), null);
    }

    static ApiException badRequest(String detail) {
        return of(HttpStatus.BAD_REQUEST_400, detail);
    }

    /** Refuses a method where others would do. */
    static ApiException methodNotAllowed(String method, String allowed) {
        return new ApiException(
                Problem.of(HttpStatus.METHOD_NOT_ALLOWED_405, method + " is not allowed here; use " + allowed),
                Map.of("Allow", allowed),
                null);
    }

    /** Says what objects refused; the status of each reason is decided here and nowhere else. */
    static ApiException of(ObjectException refusal) {
        int status =
                switch (refusal.reason()) {
                    case INVALID -> HttpStatus.BAD_REQUEST_400;
                    case NOT_FOUND -> HttpStatus.NOT_FOUND_404;
                    case STALE -> HttpStatus.PRECONDITION_FAILED_412;
                    case IN_USE, UNSUPPORTED -> HttpStatus.CONFLICT_409;
                    case FORBIDDEN -> HttpStatus.FORBIDDEN_403;
                    case IO -> HttpStatus.SERVICE_UNAVAILABLE_503;
                };
        String reason = refusal.reason().name().toLowerCase(Locale.ROOT).replace('_', '-');
        List<Map<String, String>> errors =
                refusal.problems().stream().map(ApiException::error).toList();
        return new ApiException(
                new Problem(status, reason, String.valueOf(refusal.getMessage()), errors), Map.of(), refusal);
    }

    /** Says why somebody is not let in. */
    static ApiException of(AccessException refusal) {
        String detail = String.valueOf(refusal.getMessage());
        return switch (refusal.reason()) {
            case UNAUTHENTICATED -> unauthenticated(detail);
            case FORBIDDEN -> of(HttpStatus.FORBIDDEN_403, detail);
            case THROTTLED -> {
                Optional<Duration> wait = refusal.retryAfter();
                String seconds = String.valueOf(wait.orElse(Duration.ZERO).toSeconds() + 1);
                yield new ApiException(
                        Problem.of(HttpStatus.TOO_MANY_REQUESTS_429, detail), Map.of("Retry-After", seconds), refusal);
            }
        };
    }

    static ApiException unauthenticated(String detail) {
        return new ApiException(
                Problem.of(HttpStatus.UNAUTHORIZED_401, detail),
                Map.of("WWW-Authenticate", "Bearer realm=\"Serai\", Basic realm=\"Serai\", charset=\"UTF-8\""),
                null);
    }

    Problem problem() {
        return problem;
    }

    /** Returns the headers that go with it. */
    Map<String, String> headers() {
        return headers;
    }

    private static Map<String, String> error(ObjectException.Problem problem) {
        Map<String, String> error = new LinkedHashMap<>();
        if (!problem.object().isEmpty()) {
            error.put("object", problem.object());
        }
        error.put("pointer", problem.pointer());
        error.put("detail", problem.message());
        return error;
    }
}
