package io.serai.admin.internal;

import io.serai.admin.internal.git.PushLimits;
import java.time.Duration;

/**
 * Validated configuration.
 *
 * @param host the address to listen on
 * @param port the port; 0 for any free one
 * @param capacity how much is served at a time
 * @param patience how long clients are waited for
 * @param pushes how much a push may bring, and how long it waits
 * @param stopTimeout how long a stop waits for requests that are being answered
 */
record AdminSettings(
        String host, int port, Capacity capacity, Patience patience, PushLimits pushes, Duration stopTimeout) {
    private static final int MAX_PORT = 65_535;
    // Jetty itself takes some: for accepting, for selecting
    private static final int MIN_THREADS = 10;
    private static final int MAX_THREADS = 1_000;
    private static final int MAX_CONNECTIONS = 100_000;
    private static final int MIN_HEADER_BYTES = 1_024;
    private static final int MAX_HEADER_BYTES = 1_048_576;
    private static final int MAX_RATE_BYTES = 1_048_576;
    private static final long MIN_HEADERS_MILLIS = 100;
    private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();
    private static final long MAX_PUSH_BYTES = 1L << 40;
    private static final long MAX_STOP_MILLIS = 60_000;

    /**
     * How much is served at a time.
     *
     * @param threads the largest number of threads
     * @param connections the largest number of connections
     * @param headerBytes the largest request line and headers together
     */
    record Capacity(int threads, int connections, int headerBytes) {}

    /**
     * How long clients are waited for.
     *
     * @param headers until the first request of a connection has arrived
     * @param idle while nothing comes and nothing goes
     * @param rateBytes how many bytes a second a client must send while it sends; 0 for any
     */
    record Patience(Duration headers, Duration idle, int rateBytes) {}

    static AdminSettings of(AdminConfig config) {
        require(!config.host().isBlank(), "host", config.host(), "an address or a host name");
        return new AdminSettings(
                config.host().strip(),
                (int) within("port", config.port(), 0, MAX_PORT),
                new Capacity(
                        (int) within("threads.max.count", config.threads_max_count(), MIN_THREADS, MAX_THREADS),
                        (int) within("connections.max.count", config.connections_max_count(), 1, MAX_CONNECTIONS),
                        (int) within(
                                "headers.max.bytes", config.headers_max_bytes(), MIN_HEADER_BYTES, MAX_HEADER_BYTES)),
                new Patience(
                        millis(
                                "headers.timeout.millis",
                                config.headers_timeout_millis(),
                                MIN_HEADERS_MILLIS,
                                HOUR_MILLIS),
                        millis("idle.timeout.millis", config.idle_timeout_millis(), 1, HOUR_MILLIS),
                        (int) within("rate.min.bytes", config.rate_min_bytes(), 0, MAX_RATE_BYTES)),
                pushes(config),
                millis("stop.timeout.millis", config.stop_timeout_millis(), 0, MAX_STOP_MILLIS));
    }

    private static PushLimits pushes(AdminConfig config) {
        return new PushLimits(
                within("git.object.max.bytes", config.git_object_max_bytes(), 1, MAX_PUSH_BYTES),
                within("git.push.max.bytes", config.git_push_max_bytes(), 1, MAX_PUSH_BYTES),
                millis("git.push.wait.millis", config.git_push_wait_millis(), 0, HOUR_MILLIS));
    }

    private static Duration millis(String key, long value, long min, long max) {
        return Duration.ofMillis(within(key, value, min, max));
    }

    private static long within(String key, long value, long min, long max) {
        require(value >= min && value <= max, key, value, "from " + min + " to " + max);
        return value;
    }

    private static void require(boolean good, String key, Object value, String range) {
        if (!good) {
            throw new IllegalArgumentException(
                    "PID " + AdminConfig.PID + ": key " + key + " has the value '" + value + "'; allowed is " + range);
        }
    }
}
