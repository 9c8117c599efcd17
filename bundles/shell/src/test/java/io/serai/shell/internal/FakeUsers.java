package io.serai.shell.internal;

import io.serai.api.security.AccessControl;
import io.serai.api.security.AccessException;
import io.serai.api.security.LoginService;
import io.serai.api.security.Subject;
import io.serai.api.state.Content;
import io.serai.api.state.StatePath;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Who has the role admin may do everything, who has viewer may read everything but the state. */
final class FakeUsers implements LoginService, AccessControl {
    private static final String PASSWORD = "right";

    /** What was refused: user, verb, kind and name. */
    final List<String> refused = new ArrayList<>();

    /** The roles of the users that there are. */
    final Map<String, String> roles = new TreeMap<>(Map.of("vic", "viewer", "eve", "admin"));

    /** The users of sessions, by token. */
    final Map<String, String> sessions = new TreeMap<>();

    @Override
    public Subject login(String user, char[] password, String face, String from) throws AccessException {
        if (!roles.containsKey(user) || !PASSWORD.equals(new String(password))) {
            throw new AccessException(AccessException.Reason.UNAUTHENTICATED, "Wrong name or password");
        }
        return new Subject(user, Set.of(String.valueOf(roles.get(user))), Set.of(), face, from);
    }

    @Override
    public Subject login(String token, String face, String from) throws AccessException {
        String user = sessions.get(token);
        String role = user == null ? null : roles.get(user);
        if (user == null || role == null) {
            throw new AccessException(AccessException.Reason.UNAUTHENTICATED, "The session has ended; log in again");
        }
        return new Subject(user, Set.of(role), Set.of(), face, from);
    }

    @Override
    public Session open(Subject subject) {
        String token = "token-of-" + subject.name();
        sessions.put(token, subject.name());
        return new Session(token, Instant.MAX);
    }

    @Override
    public void close(String token) {
        sessions.remove(token);
    }

    @Override
    public boolean permits(Subject subject, String verb, String kind, String name) {
        return subject.roles().contains("admin")
                || (subject.roles().contains("viewer") && verb.equals(READ) && !kind.equals("state"));
    }

    @Override
    public void require(Subject subject, String verb, String kind, String name) throws AccessException {
        if (!permits(subject, verb, kind, name)) {
            refused.add(subject.name() + " " + verb + " " + kind + " " + name);
            throw new AccessException(
                    AccessException.Reason.FORBIDDEN, "User " + subject.name() + " may not " + verb + " " + kind);
        }
    }

    @Override
    public void requireHeld(Subject subject, Map<StatePath, Optional<Content>> targets) {}
}
