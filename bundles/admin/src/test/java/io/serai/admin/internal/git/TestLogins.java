package io.serai.admin.internal.git;

import io.serai.api.security.AccessControl;
import io.serai.api.security.AccessException;
import io.serai.api.security.AccessException.Reason;
import io.serai.api.security.LoginService;
import io.serai.api.security.Subject;
import io.serai.api.state.Content;
import io.serai.api.state.StatePath;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Users whose passwords are their names, a colon, and "secret": alice may do everything, bob read, dave read and change
 * artifacts that begin with d, carol nothing.
 */
public final class TestLogins implements LoginService, AccessControl {
    private static final Map<String, Set<String>> ROLES = Map.of(
            "alice", Set.of("all"),
            "bob", Set.of("read"),
            "dave", Set.of("read", "own"),
            "carol", Set.of());

    /** The token of a key of bob's. */
    public static final String KEY = "serai_0123456789abcdef_key-of-bob";

    /** Returns the password of a user. */
    public static String password(String user) {
        return user + ":secret";
    }

    @Override
    public Subject login(String user, char[] password, String face, String from) throws AccessException {
        if (user.equals("hasty")) {
            throw new AccessException("Too many logins have failed; wait", Duration.ofSeconds(7));
        }
        Set<String> roles = ROLES.get(user);
        if (roles == null || !password(user).equals(new String(password))) {
            throw new AccessException(Reason.UNAUTHENTICATED, "There is no such user with this password");
        }
        return new Subject(user, roles, Set.of(), face, from);
    }

    @Override
    public Subject login(String token, String face, String from) throws AccessException {
        if (!token.equals(KEY)) {
            throw new AccessException(Reason.UNAUTHENTICATED, "This token is none that counts");
        }
        return new Subject("bob", Set.of("read"), Set.of(), face, from);
    }

    @Override
    public Session open(Subject subject) {
        throw new UnsupportedOperationException("Git has no sessions");
    }

    @Override
    public void close(String token) {
        throw new UnsupportedOperationException("Git has no sessions");
    }

    @Override
    public boolean permits(Subject subject, String verb, String kind, String name) {
        return subject.roles().contains("all")
                || (subject.roles().contains("read") && verb.equals(READ) && kind.equals("state"))
                || (subject.roles().contains("own") && kind.equals("artifact") && name.startsWith("d"));
    }

    @Override
    public void require(Subject subject, String verb, String kind, String name) throws AccessException {
        if (!permits(subject, verb, kind, name)) {
            throw new AccessException(
                    Reason.FORBIDDEN, "User " + subject.name() + " may not " + verb + " " + kind + "/" + name);
        }
    }

    @Override
    public void requireHeld(Subject subject, Map<StatePath, Optional<Content>> targets) throws AccessException {
        if (!subject.roles().contains("all") && targets.containsKey(new StatePath("deploy/dangerous.txt"))) {
            throw new AccessException(Reason.FORBIDDEN, "User " + subject.name() + " has less than that");
        }
    }
}
