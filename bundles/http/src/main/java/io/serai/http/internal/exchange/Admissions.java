package io.serai.http.internal.exchange;

import io.serai.api.access.Admission.Allowance;
import io.serai.api.access.Admission.Reason;
import io.serai.api.access.Admission.Refusal;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Response;

/** Says in the terms of HTTP what a guard decided about a request. */
final class Admissions {
    private static final String POLICY = "RateLimit-Policy";
    private static final String LEFT = "RateLimit";

    private Admissions() {}

    /** Returns the problem of a refusal, whose headers the answer has then. */
    static ProblemException problem(Refusal refusal, Response response) {
        HttpFields.Mutable headers = response.getHeaders();
        refusal.challenges().forEach(challenge -> headers.add(HttpHeader.WWW_AUTHENTICATE, challenge));
        refusal.retryAfter()
                .ifPresent(time -> headers.put(HttpHeader.RETRY_AFTER, String.valueOf(Math.max(1, time.toSeconds()))));
        int status = status(refusal.reason());
        return ProblemException.of(status, reason(refusal.reason()), refusal.message());
    }

    /** Tells what is left of a limit (draft-ietf-httpapi-ratelimit-headers). */
    static void describe(Allowance allowance, Response response) {
        String left = "\"" + allowance.name() + "\";r=" + allowance.remaining() + ";t=" + allowance.resetSeconds();
        response.getHeaders().add(POLICY, allowance.policy()).add(LEFT, left);
    }

    private static int status(Reason reason) {
        return switch (reason) {
            case UNAUTHENTICATED -> HttpStatus.UNAUTHORIZED_401;
            case FORBIDDEN -> HttpStatus.FORBIDDEN_403;
            case TOO_MANY -> HttpStatus.TOO_MANY_REQUESTS_429;
            case UNAVAILABLE -> HttpStatus.SERVICE_UNAVAILABLE_503;
        };
    }

    private static String reason(Reason reason) {
        return switch (reason) {
            case UNAUTHENTICATED -> "unauthenticated";
            case FORBIDDEN -> "forbidden";
            case TOO_MANY -> "too-many-requests";
            case UNAVAILABLE -> "unavailable";
        };
    }
}
