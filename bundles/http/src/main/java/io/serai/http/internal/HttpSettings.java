package io.serai.http.internal;

import io.serai.api.access.AddressRange;
import io.serai.http.internal.channel.CorsPolicy;
import io.serai.http.internal.exchange.BodyLimits;
import io.serai.http.internal.exchange.Policies;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Validated configuration.
 *
 * @param listener where and how to listen
 * @param policies what holds for all requests
 * @param gzipMinBytes the size from which an answer is compressed; -1 for never
 * @param stopTimeout how long a stop waits for requests that are being answered
 */
record HttpSettings(Listener listener, Policies policies, int gzipMinBytes, Duration stopTimeout) {
    private static final int MAX_PORT = 65_535;
    // the 200 calls of the network bulkhead each hold a thread; the rest is for the other bulkhead and for the server
    private static final int MIN_THREADS = 220;
    private static final int MAX_THREADS = 10_000;
    private static final int MAX_CONNECTIONS = 1_000_000;
    private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();
    private static final long MAX_STREAM_BYTES = 1L << 40;
    private static final int MIN_HEADER_BYTES = 1_024;
    private static final int MAX_HEADER_BYTES = 1_048_576;
    private static final int MAX_FIELDS = 100_000;
    private static final long MAX_STOP_MILLIS = 60_000;

    /**
     * Where and how to listen.
     *
     * @param host the address
     * @param port the port; 0 for any free one
     * @param securePort the port of HTTPS; 0 for any free one, -1 for none
     * @param http2 whether HTTP/2 without TLS is served, too
     * @param capacity how much is served at a time
     */
    record Listener(String host, int port, int securePort, boolean http2, Capacity capacity) {}

    /**
     * How much is served at a time.
     *
     * @param threads the largest number of threads
     * @param connections the largest number of connections
     * @param headerBytes the largest request line and headers together
     * @param idleTimeout how long a connection may be idle
     */
    record Capacity(int threads, int connections, int headerBytes, Duration idleTimeout) {}

    static HttpSettings of(HttpConfig config) {
        require(!config.host().isBlank(), "host", config.host(), "an address or a host name");
        Listener listener = new Listener(
                config.host().strip(),
                (int) within("port", config.port(), 0, MAX_PORT),
                (int) within("https.port", config.https_port(), -1, MAX_PORT),
                config.http2_enabled(),
                capacity(config));
        int gzipMinBytes = (int) within("gzip.min.bytes", config.gzip_min_bytes(), 0, Integer.MAX_VALUE);
        return new HttpSettings(
                listener,
                new Policies(limits(config), cors(config), proxies(config)),
                config.gzip_enabled() ? gzipMinBytes : -1,
                millis("stop.timeout.millis", config.stop_timeout_millis(), 0, MAX_STOP_MILLIS));
    }

    private static Capacity capacity(HttpConfig config) {
        return new Capacity(
                (int) within("threads.max.count", config.threads_max_count(), MIN_THREADS, MAX_THREADS),
                (int) within("connections.max.count", config.connections_max_count(), 1, MAX_CONNECTIONS),
                (int) within("headers.max.bytes", config.headers_max_bytes(), MIN_HEADER_BYTES, MAX_HEADER_BYTES),
                millis("idle.timeout.millis", config.idle_timeout_millis(), 1, DAY_MILLIS));
    }

    private static BodyLimits limits(HttpConfig config) {
        int memory = (int) within("multipart.memory.bytes", config.multipart_memory_bytes(), 1, Integer.MAX_VALUE);
        return new BodyLimits(
                within("body.max.bytes", config.body_max_bytes(), 0, Integer.MAX_VALUE),
                within("stream.max.bytes", config.stream_max_bytes(), 0, MAX_STREAM_BYTES),
                millis("body.timeout.millis", config.body_timeout_millis(), 1, DAY_MILLIS),
                (int) within("fields.max.count", config.fields_max_count(), 1, MAX_FIELDS),
                new BodyLimits.Multipart(memory, Path.of(System.getProperty("java.io.tmpdir"))));
    }

    private static CorsPolicy cors(HttpConfig config) {
        try {
            return new CorsPolicy(
                    Set.copyOf(list(config.cors_origins())),
                    list(config.cors_headers()),
                    list(config.cors_exposed_headers()),
                    config.cors_credentials(),
                    millis("cors.max.age.millis", config.cors_max_age_millis(), 0, DAY_MILLIS));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "PID " + HttpConfig.PID + ": keys cors.* are wrong: " + e.getMessage(), e);
        }
    }

    private static List<AddressRange> proxies(HttpConfig config) {
        try {
            return list(config.proxies_trusted()).stream()
                    .map(AddressRange::parse)
                    .toList();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "PID " + HttpConfig.PID + ": key proxies.trusted is wrong: " + e.getMessage(), e);
        }
    }

    private static List<String> list(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .distinct()
                .toList();
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
                    "PID " + HttpConfig.PID + ": key " + key + " has the value '" + value + "'; allowed is " + range);
        }
    }
}
