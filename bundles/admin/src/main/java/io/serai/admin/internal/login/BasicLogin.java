package io.serai.admin.internal.login;

import io.serai.admin.internal.exchange.FailureThrottle;
import io.serai.admin.internal.exchange.Problem;
import io.serai.admin.internal.exchange.ProblemWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.security.auth.login.LoginException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Demands a name and a password of each request, and makes guessing slow and visible. */
public final class BasicLogin {
    private static final Logger AUDIT = LoggerFactory.getLogger("audit");
    // what is refused is refused at a multiple of this, lest the time betray whether there is such a user
    private static final long REFUSAL_NANOS = Duration.ofMillis(500).toNanos();
    private static final int MAX_LOGGED_NAME = 64;

    private final FailureThrottle throttle;
    private final ProblemWriter problems;

    /** Makes a login. */
    public BasicLogin(FailureThrottle throttle, ProblemWriter problems) {
        this.throttle = throttle;
        this.problems = problems;
    }

    /** Returns who sent a request; empty if that is nobody, and the request is being answered. Waits for the realm. */
    public Optional<Account> authenticate(Request request, Response response, Callback callback) {
        String from = Request.getRemoteAddr(request);
        Optional<Duration> wait = throttle.wait(from);
        if (wait.isPresent()) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, wait.get().toSeconds() + 1);
            problems.write(
                    request,
                    response,
                    callback,
                    Problem.of(
                            HttpStatus.TOO_MANY_REQUESTS_429, "Too many logins from this address have failed; wait"));
            return Optional.empty();
        }
        long start = System.nanoTime();
        Optional<Credentials> credentials = Credentials.of(request.getHeaders().get(HttpHeader.AUTHORIZATION));
        if (credentials.isEmpty()) {
            challenge(request, response, callback, "Log in with a name and a password");
            return Optional.empty();
        }
        try {
            return Optional.of(KarafRealm.login(credentials.get(), from));
        } catch (LoginException e) {
            noteFailure(credentials.get(), from, e);
            long delay = REFUSAL_NANOS - (System.nanoTime() - start) % REFUSAL_NANOS;
            request.getComponents()
                    .getScheduler()
                    .schedule(
                            () -> challenge(request, response, callback, "There is no such user with this password"),
                            delay,
                            TimeUnit.NANOSECONDS);
            return Optional.empty();
        }
    }

    private void challenge(Request request, Response response, Callback callback, String detail) {
        response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Basic realm=\"Serai\", charset=\"UTF-8\"");
        problems.write(request, response, callback, Problem.of(HttpStatus.UNAUTHORIZED_401, detail));
    }

    private void noteFailure(Credentials credentials, String from, LoginException failure) {
        String name = credentials.user();
        AUDIT.warn(
                "Refused a login: user={}, from={}, cause={}",
                name.substring(0, Math.min(name.length(), MAX_LOGGED_NAME)),
                from,
                failure.getClass().getSimpleName());
        if (throttle.failed(from)) {
            AUDIT.warn("Too many logins failed, and further ones are refused for a while: from={}", from);
        }
    }
}
