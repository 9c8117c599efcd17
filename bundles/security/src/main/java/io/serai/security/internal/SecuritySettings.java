package io.serai.security.internal;

import io.serai.security.internal.password.HashCost;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The checked configuration.
 *
 * @param node the name of this node
 * @param audit where the audit log is
 * @param administrator the files with passwords of the administrator
 * @param cost what hashing a password takes
 * @param sessions how long sessions last
 */
public record SecuritySettings(
        String node, AuditFolder audit, AdministratorFiles administrator, HashCost cost, SessionLimits sessions) {
    /** The PID. */
    public static final String PID = "io.serai.security";

    private static final long MIN_FILE_BYTES = 64 * 1024;
    private static final long MAX_FILE_BYTES = 1024L * 1024 * 1024;
    private static final long MIN_SESSION_MILLIS = 1_000;
    private static final long MAX_IDLE_MILLIS = Duration.ofDays(7).toMillis();
    private static final long MAX_LIFETIME_MILLIS = Duration.ofDays(30).toMillis();
    private static final int MAX_SESSIONS = 1_000;

    /**
     * Where the audit log is.
     *
     * @param directory the folder
     * @param fileBytes how large a file becomes
     */
    public record AuditFolder(Path directory, long fileBytes) {}

    /**
     * Files with passwords of the administrator.
     *
     * @param first of the first administrator
     * @param reset of one who has lost it
     */
    public record AdministratorFiles(Path first, Path reset) {}

    /**
     * How long sessions last.
     *
     * @param file where they are kept for when no node has run
     * @param idle without use
     * @param lifetime at most
     * @param perUser how many a user may have
     */
    public record SessionLimits(Path file, Duration idle, Duration lifetime, int perUser) {}

    /** Checks what a configuration says. */
    public static SecuritySettings of(SecurityConfig config) {
        String node = config.node().strip();
        require(!node.isEmpty(), "node", node, "a name");
        return new SecuritySettings(
                node,
                new AuditFolder(
                        path("audit.directory", config.audit_directory()),
                        within("audit.file.max.bytes", config.audit_file_max_bytes(), MIN_FILE_BYTES, MAX_FILE_BYTES)),
                new AdministratorFiles(
                        path("first.admin.file", config.first_admin_file()),
                        path("reset.admin.file", config.reset_admin_file())),
                cost(config),
                new SessionLimits(
                        path("session.file", config.session_file()),
                        Duration.ofMillis(within(
                                "session.idle.millis",
                                config.session_idle_millis(),
                                MIN_SESSION_MILLIS,
                                MAX_IDLE_MILLIS)),
                        Duration.ofMillis(within(
                                "session.lifetime.millis",
                                config.session_lifetime_millis(),
                                MIN_SESSION_MILLIS,
                                MAX_LIFETIME_MILLIS)),
                        (int) within("session.user.max.count", config.session_user_max_count(), 1, MAX_SESSIONS)));
    }

    private static HashCost cost(SecurityConfig config) {
        return new HashCost(
                (int) within(
                        "password.memory.kib",
                        config.password_memory_kib(),
                        HashCost.MIN_MEMORY_KIB,
                        HashCost.MAX_MEMORY_KIB),
                (int) within(
                        "password.iterations.count", config.password_iterations_count(), 1, HashCost.MAX_ITERATIONS),
                (int) within("password.lanes.count", config.password_lanes_count(), 1, HashCost.MAX_LANES));
    }

    private static Path path(String key, String value) {
        try {
            Path path = Path.of(value.strip());
            require(path.isAbsolute(), key, value, "an absolute path");
            return path.normalize();
        } catch (InvalidPathException e) {
            throw invalid(key, value, "an absolute path");
        }
    }

    private static long within(String key, long value, long least, long most) {
        require(value >= least && value <= most, key, value, least + " to " + most);
        return value;
    }

    private static void require(boolean valid, String key, Object value, String allowed) {
        if (!valid) {
            throw invalid(key, value, allowed);
        }
    }

    private static IllegalArgumentException invalid(String key, Object value, String allowed) {
        return new IllegalArgumentException(
                "Configuration " + PID + " has " + key + " = '" + value + "'; allowed is " + allowed);
    }
}
