package io.serai.admin.internal.rest;

import io.serai.api.security.AccessException;
import io.serai.api.security.LoginService;
import io.serai.api.security.LoginService.Session;
import io.serai.api.security.Subject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Finds out who sends a request, and opens and closes sessions. */
@Component(service = LoginEndpoints.class)
public final class LoginEndpoints {
    private static final String FACE = "rest";
    private static final String BEARER = "bearer ";
    private static final String BASIC = "basic ";

    private final LoginService logins;

    /** Asks these. */
    @Activate
    public LoginEndpoints(@Reference LoginService logins) {
        this.logins = logins;
    }

    /** Returns who sends a request: by a token, or by a name and a password. */
    Subject authenticate(Request request) throws ApiException {
        String from = Request.getRemoteAddr(request);
        String header = Optional.ofNullable(request.getHeaders().get(HttpHeader.AUTHORIZATION))
                .orElse("");
        try {
            if (header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
                return logins.login(header.substring(BEARER.length()).strip(), FACE, from);
            }
            if (header.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
                String[] pair = pair(header.substring(BASIC.length()).strip());
                return logins.login(pair[0], pair[1].toCharArray(), FACE, from);
            }
        } catch (AccessException e) {
            throw ApiException.of(e);
        }
        throw ApiException.unauthenticated("Log in: send Authorization with a token, or with a name and a password");
    }

    private static String[] pair(String base64) throws ApiException {
        try {
            String pair = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            if (colon >= 0) {
                return new String[] {pair.substring(0, colon), pair.substring(colon + 1)};
            }
        } catch (IllegalArgumentException e) {
            throw ApiException.unauthenticated("Authorization is not base64 of a name, a colon and a password");
        }
        throw ApiException.unauthenticated("Authorization has no colon between a name and a password");
    }

    /** Opens a session for a name and a password in the body, or for the token of an OpenID provider. */
    ApiAnswer open(ApiRequest request) throws ApiException {
        Map<String, Object> body = JsonBody.read(request);
        try {
            Subject subject = login(body, Request.getRemoteAddr(request.jetty()));
            Session session = logins.open(subject);
            return ApiAnswer.ok(Map.of(
                    "user", subject.name(),
                    "roles", subject.roles().stream().sorted().toList(),
                    "token", session.token(),
                    "expires", session.expires().toString()));
        } catch (AccessException e) {
            throw ApiException.of(e);
        }
    }

    private Subject login(Map<String, Object> body, String from) throws ApiException, AccessException {
        if (body.get("token") instanceof String token && body.size() == 1) {
            Subject subject = logins.login(token, FACE, from);
            if (subject.groups().isEmpty()) { // a session would outlive a key, and shake off its limits
                throw ApiException.badRequest("Only the token of an OpenID provider is exchanged for a session");
            }
            return subject;
        }
        if (body.get("user") instanceof String user && body.get("password") instanceof String password) {
            return logins.login(user, password.toCharArray(), FACE, from);
        }
        throw ApiException.badRequest("The body must have the texts user and password, or the text token alone");
    }

    /** Ends the session whose token the request has. */
    ApiAnswer close(ApiRequest request) throws ApiException {
        request.allow(Set.of());
        String header = request.header("Authorization").orElse("");
        if (!header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            throw ApiException.badRequest("Only a session can be closed; send its token");
        }
        logins.close(header.substring(BEARER.length()).strip());
        return ApiAnswer.empty(HttpStatus.NO_CONTENT_204);
    }

    /** Tells who the client is. */
    static ApiAnswer who(ApiRequest request) {
        Subject subject = request.subject();
        return ApiAnswer.ok(Map.of(
                "user", subject.name(),
                "roles", subject.roles().stream().sorted().toList(),
                "limits", subject.limits().stream().sorted().toList()));
    }
}
