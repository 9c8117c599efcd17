package io.serai.admin.internal.login;

import io.serai.admin.internal.exchange.Problem;
import io.serai.admin.internal.exchange.ProblemWriter;
import io.serai.api.security.AccessException;
import io.serai.api.security.AccessException.Reason;
import io.serai.api.security.LoginService;
import io.serai.api.security.Subject;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Demands a name and a password of each request; an API key is a password, too, whatever the name. */
public final class BasicLogin {
    private static final String KEY = "serai_";

    private final String face;
    private final ProblemWriter problems;

    /**
     * Makes a login.
     *
     * @param face what it lets people through, as {@link Subject#face}
     */
    public BasicLogin(String face, ProblemWriter problems) {
        this.face = face;
        this.problems = problems;
    }

    /** Returns who sent a request; empty if that is nobody, and the request has been answered. */
    public Optional<Subject> authenticate(LoginService logins, Request request, Response response, Callback callback) {
        Optional<Credentials> credentials = Credentials.of(request.getHeaders().get(HttpHeader.AUTHORIZATION));
        int status = HttpStatus.UNAUTHORIZED_401;
        String detail = "Log in with a name and a password";
        if (credentials.isPresent()) {
            try {
                return Optional.of(login(logins, credentials.get(), Request.getRemoteAddr(request)));
            } catch (AccessException e) {
                detail = String.valueOf(e.getMessage());
                if (e.reason() == Reason.THROTTLED) {
                    status = HttpStatus.TOO_MANY_REQUESTS_429;
                    Duration wait = e.retryAfter().orElse(Duration.ZERO);
                    response.getHeaders().put(HttpHeader.RETRY_AFTER, wait.toSeconds() + 1);
                }
            }
        }
        if (status == HttpStatus.UNAUTHORIZED_401) {
            response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Basic realm=\"Serai\", charset=\"UTF-8\"");
        }
        problems.write(request, response, callback, Problem.of(status, detail));
        return Optional.empty();
    }

    private Subject login(LoginService logins, Credentials credentials, String from) throws AccessException {
        return credentials.password().startsWith(KEY)
                ? logins.login(credentials.password(), face, from)
                : logins.login(credentials.user(), credentials.password().toCharArray(), face, from);
    }
}
