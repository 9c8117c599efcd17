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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sessions that all nodes know. A token is signed, so each node can read it; that it has been used lately is in a map of the
 * cluster, and that it was closed in another one, where nothing can undo it. Each node keeps both in a file as well, for when no
 * node has run: at once what happens on it, and within a second what happens on others. A token is good without the first map for some seconds after it was made, since the map needs milliseconds to
 * reach the other nodes. Thread-safe.
 */
final class Sessions implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);
    private static final String PURPOSE = "io.serai.security session";
    private static final Duration ON_ITS_WAY = Duration.ofSeconds(10);
    private static final int TOUCHES = 10; // while it is not idle for too long
    private static final int ID_BYTES = 16;
    private static final String USED = "used";
    private static final String CLOSED = "closed";

    private final SessionFile file;
    private final ScheduledExecutorService executor = SecurityThreads.scheduled("sessions");
    private final AtomicBoolean changed = new AtomicBoolean();
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
        this.file = new SessionFile(limits.file());
        file.read().forEach(this::restore);
        used.subscribe((id, use) -> changed.set(true));
        closed.subscribe((id, end) -> changed.set(true));
        var unused = executor.scheduleWithFixedDelay(this::saveChanges, 1, 1, TimeUnit.SECONDS);
    }

    /** Keeps what there is. */
    @Override
    public void close() {
        executor.shutdown();
        save();
    }

    private void saveChanges() {
        if (changed.get()) {
            save();
        }
    }

    private void save() {
        changed.set(false);
        List<String> lines = new ArrayList<>();
        closed.entries().forEach((id, end) -> lines.add(String.join(" ", CLOSED, id, text(end))));
        used.entries().forEach((id, use) -> lines.add(String.join(" ", USED, id, text(use))));
        file.write(lines);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Takes in a line that {@link #save} wrote, if its time is not up. */
    private void restore(String line) {
        try {
            String[] parts = line.split(" ", 3);
            byte[] value = parts[2].getBytes(StandardCharsets.UTF_8);
            boolean wasClosed = parts[0].equals(CLOSED);
            ClusterMap map = wasClosed ? closed : used;
            long end = wasClosed
                    ? Long.parseLong(parts[2])
                    : Use.of(value).touched() + limits.idle().toMillis();
            Duration left = Duration.between(clock.instant(), Instant.ofEpochMilli(end));
            if (left.compareTo(Duration.ofMillis(1)) >= 0 && map.get(parts[1]).isEmpty()) {
                map.put(parts[1], value, left);
            }
        } catch (IllegalArgumentException | IllegalStateException | ArrayIndexOutOfBoundsException e) {
            LOG.warn("A session was not taken over: cause={}", e.toString());
        }
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
            List<String> parts = List.of(text(bytes).split(" ", 3));
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
        save();
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
        save();
    }

    private void close(String id, Duration left) {
        if (left.compareTo(Duration.ofMillis(1)) >= 0) {
            try {
                Instant end = clock.instant().plus(left);
                closed.put(id, Long.toString(end.toEpochMilli()).getBytes(StandardCharsets.UTF_8), left);
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
