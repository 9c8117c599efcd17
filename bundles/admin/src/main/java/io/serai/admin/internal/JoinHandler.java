package io.serai.admin.internal;

import io.serai.admin.internal.exchange.BodyReader;
import io.serai.admin.internal.exchange.FailureThrottle;
import io.serai.admin.internal.exchange.Problem;
import io.serai.admin.internal.exchange.ProblemWriter;
import io.serai.api.cluster.Enrollment;
import io.serai.api.state.StateException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets nodes join the cluster. What they send and get is secret: it is neither logged nor kept. */
final class JoinHandler extends Handler.Abstract.NonBlocking {
    static final String PATH = "/api/v1/cluster/join";

    private static final Logger LOG = LoggerFactory.getLogger(JoinHandler.class);
    private static final Logger AUDIT = LoggerFactory.getLogger("audit");

    private final Supplier<@Nullable Enrollment> enrollment;
    private final FailureThrottle throttle;
    private final ProblemWriter problems;

    JoinHandler(Supplier<@Nullable Enrollment> enrollment, FailureThrottle throttle, ProblemWriter problems) {
        this.enrollment = enrollment;
        this.throttle = throttle;
        this.problems = problems;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        if (!PATH.equals(Request.getPathInContext(request))) {
            return false;
        }
        Optional<Problem> refusal = refusal(request, response);
        if (refusal.isPresent()) {
            problems.write(request, response, callback, refusal.get());
            return true;
        }
        // the body may take its time, and enrolling waits for the disk and for other nodes: neither holds up the
        // connection's thread
        Executor executor = request.getComponents().getExecutor();
        BodyReader.read(
                request,
                Enrollment.MAX_REQUEST_BYTES,
                body -> executor.execute(() -> enroll(request, response, callback, body)),
                problem -> problems.write(request, response, callback, problem));
        return true;
    }

    private Optional<Problem> refusal(Request request, Response response) {
        if (!HttpMethod.POST.is(request.getMethod())) {
            response.getHeaders().put(HttpHeader.ALLOW, HttpMethod.POST.asString());
            return Optional.of(Problem.of(HttpStatus.METHOD_NOT_ALLOWED_405, "Send the request to join with POST"));
        }
        Optional<Duration> wait = throttle.wait(Request.getRemoteAddr(request));
        if (wait.isPresent()) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, wait.get().toSeconds() + 1);
            return Optional.of(Problem.of(
                    HttpStatus.TOO_MANY_REQUESTS_429,
                    "Too many requests to join have failed from this address; wait, and join with a new token"));
        }
        return Optional.empty();
    }

    private void enroll(Request request, Response response, Callback callback, byte[] body) {
        Enrollment service = enrollment.get();
        if (service == null) {
            problems.write(request, response, callback, unavailable());
            return;
        }
        String from = Request.getRemoteAddr(request);
        byte[] answer;
        try {
            answer = service.enroll(body, from);
        } catch (StateException e) {
            problems.write(request, response, callback, refused(e, from));
            return;
        } catch (RuntimeException e) {
            LOG.error("A request to join failed: from={}", from, e);
            problems.write(request, response, callback, Problem.of(HttpStatus.INTERNAL_SERVER_ERROR_500));
            return;
        }
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, answer.length);
        response.write(true, ByteBuffer.wrap(answer), callback);
    }

    private Problem refused(StateException failure, String from) {
        if (failure.reason() == StateException.Reason.IO) {
            LOG.warn("A request to join could not be answered: from={}", from, failure);
            return unavailable();
        }
        if (throttle.failed(from)) {
            AUDIT.warn("Too many requests to join failed, and further ones are refused for a while: from={}", from);
        }
        String detail = String.valueOf(failure.getMessage());
        return switch (failure.reason()) {
            case INVALID -> Problem.of(HttpStatus.BAD_REQUEST_400, detail);
            case CONFLICT -> Problem.of(HttpStatus.CONFLICT_409, detail);
            case NOT_FOUND -> new Problem(HttpStatus.FORBIDDEN_403, "token-refused", detail);
            case IO -> unavailable();
        };
    }

    private static Problem unavailable() {
        return Problem.of(
                HttpStatus.SERVICE_UNAVAILABLE_503,
                "This node cannot let others join at the moment; try again, or ask another node");
    }
}
