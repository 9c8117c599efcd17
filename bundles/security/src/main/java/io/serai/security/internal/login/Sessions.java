package io.serai.security.internal.login;

import io.serai.api.cluster.ClusterMap;
import io.serai.api.cluster.ClusterMaps;
import io.serai.api.cluster.ClusterSecrets;
import io.serai.api.security.AccessException;
import io.serai.api.security.LoginService.Session;
import io.serai.security.internal.SecuritySettings.SessionLimits;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sessions that all nodes know. A token is signed, so each node can read it; that it has been used lately is in a map of the
 * cluster, and that it was closed in another one, where nothing can undo it. Both are gone when no node runs, which ends all
 * sessions. A token is good without the first map for some seconds after it was made, since the map needs milliseconds to
 * reach the other nodes. Thread-safe.
 */
final class Sessions {
    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);
    private static final String PURPOSE = "io.serai.security session";
    private static final Duration ON_ITS_WAY = Duration.ofSeconds(10);
    private static final int TOUCHES = 10; // while it is not idle for too long
    private static final int ID_BYTES = 16;

    private final ClusterMap used;
    private final ClusterMap closed;
    private final ClusterSecrets secrets;
    private final SessionLimits limits;
    private final Clock clock;

    Sessions(ClusterMaps maps, ClusterSecrets secrets, SessionLimits limits, Clock clock) {
        this.used = maps.map("io.serai.security.sessions");
        this.closed = maps.map("io.serai.security.closed");
        this.secrets = secrets;
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * What the map has of a session.
     *
     * @param user whose
     * @param opened when, in milliseconds since 1970
     * @param touched when this was written, likewise
     */
    private record Use(String user, long opened, long touched) {
        byte[] bytes() {
            return (opened + " " + touched + " " + user).getBytes(StandardCharsets.UTF_8);
        }

        static Use of(byte[] bytes) {
            List<String> parts = List.of(new String(bytes, StandardCharsets.UTF_8).split(" ", 3));
            return new Use(parts.get(2), Long.parseLong(parts.get(0)), Long.parseLong(parts.get(1)));
        }
    }

    Session open(String user, String mark) throws AccessException {
        Instant now = clock.instant();
        endOldest(user);
        SessionToken token = new SessionToken(
                Secrets.text(Secrets.random(ID_BYTES)),
                user,
                mark,
                now.toEpochMilli(),
                now.plus(limits.lifetime()).toEpochMilli());
        try {
            touch(token, now);
        } catch (IllegalStateException e) {
            throw new AccessException("The cluster has as many sessions as it can; try again later", limits.idle());
        }
        return new Session(token.sign(secrets.derive(PURPOSE)), token.end());
    }

    /** Returns what a token says if it was signed by a node, whether it has ended or not. */
    Optional<SessionToken> read(String token) {
        return SessionToken.verify(token, secrets.derive(PURPOSE));
    }

    /** Returns whether a session goes on, and notes that it was used. */
    boolean use(SessionToken token) {
        Instant now = clock.instant();
        if (!now.isBefore(token.end()) || closed.get(token.id()).isPresent()) {
            return false;
        }
        Optional<Use> use = used.get(token.id()).map(Use::of);
        if (use.isEmpty()) {
            return now.toEpochMilli() - token.opened() < ON_ITS_WAY.toMillis();
        }
        long since = now.toEpochMilli() - use.get().touched();
        if (since < 0 || since > limits.idle().toMillis() / TOUCHES) {
            touch(token, now);
        }
        return true;
    }

    void close(SessionToken token) {
        close(token.id(), Duration.between(clock.instant(), token.end()));
    }

    private void close(String id, Duration left) {
        if (left.compareTo(Duration.ofMillis(1)) >= 0) {
            try {
                closed.put(id, new byte[0], left);
            } catch (IllegalStateException e) {
                LOG.warn(
                        "Cannot note that a session was closed, since too many were; a node that is away now may go on to"
                                + " accept it for a while: cause={}",
                        e.getMessage());
            }
        }
        used.remove(id);
    }

    private void touch(SessionToken token, Instant now) {
        used.put(token.id(), new Use(token.user(), token.opened(), now.toEpochMilli()).bytes(), limits.idle());
    }

    /** Makes room for one more session of a user. */
    private void endOldest(String user) {
        List<Map.Entry<String, byte[]>> own = used.entries().entrySet().stream()
                .filter(entry -> Use.of(entry.getValue()).user().equals(user))
                .sorted(Comparator.comparing(entry -> Use.of(entry.getValue()).opened()))
                .toList();
        own.stream()
                .limit(Math.max(0, own.size() - limits.perUser() + 1))
                .forEach(entry -> close(entry.getKey(), limits.lifetime()));
    }
}
