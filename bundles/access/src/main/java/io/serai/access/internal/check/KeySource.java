package io.serai.access.internal.check;

import io.serai.access.internal.credential.IssuerKeys;
import io.serai.access.internal.credential.Proof.KeyLocation;
import io.serai.access.internal.folder.SpecException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of one issuer. Those of a URL are fetched in the background: soon after it is first named, every five minutes, and
 * when a token names a key that is not there, but then no more often than every 30 seconds, however many tokens do. Keys that
 * could not be fetched again stay. Thread-safe; {@link #refresh} is for one thread at a time.
 */
final class KeySource {
    static final Duration PAUSE = Duration.ofSeconds(30);
    private static final Logger LOG = LoggerFactory.getLogger(KeySource.class);
    private static final Duration LIFETIME = Duration.ofMinutes(5);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final int TIMEOUT_MILLIS = 5_000;
    private static final int MAX_BYTES = 512 * 1024;
    private static final int BUFFER = 8_192;

    private final KeyLocation location;
    private final LongSupplier nanoTime;
    private volatile @Nullable IssuerKeys keys;
    private volatile boolean wanted = true;
    private volatile long attempted;
    private volatile boolean fetching;

    KeySource(KeyLocation location, LongSupplier nanoTime) {
        this.location = location;
        this.nanoTime = nanoTime;
        this.attempted = nanoTime.getAsLong() - LIFETIME.toNanos();
        if (!location.remote()) {
            keys = IssuerKeys.parse(location.text());
            wanted = false;
        }
    }

    /** Returns the keys; empty until they have been fetched. */
    Optional<IssuerKeys> keys() {
        return Optional.ofNullable(keys);
    }

    /** Asks for keys that are not there, and returns whether they will be looked for soon. */
    boolean want() {
        if (!location.remote()) {
            return false;
        }
        if (nanoTime.getAsLong() - attempted >= PAUSE.toNanos()) {
            wanted = true;
        }
        return wanted || fetching;
    }

    /** Fetches the keys if it is time to. */
    void refresh() {
        long age = nanoTime.getAsLong() - attempted;
        boolean due = keys == null ? age >= FIRST_PAUSE.toNanos() : wanted || age >= LIFETIME.toNanos();
        if (!location.remote() || !due) {
            return;
        }
        fetching = true;
        attempted = nanoTime.getAsLong();
        wanted = false;
        try {
            String text = fetch();
            IssuerKeys known = keys;
            if (known == null || !known.isOf(text)) {
                keys = IssuerKeys.parse(text);
                LOG.info("Keys of an issuer were fetched: url={}", location.text());
            }
        } catch (IOException | SpecException e) {
            LOG.warn(
                    "Keys of an issuer could not be fetched, those known stay: url={}, cause={}",
                    location.text(),
                    e.getMessage());
        } finally {
            fetching = false;
        }
    }

    private String fetch() throws IOException {
        long end = nanoTime.getAsLong() + Duration.ofMillis(TIMEOUT_MILLIS).toNanos();
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(location.text()).toURL().openConnection();
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        connection.setInstanceFollowRedirects(false);
        connection.setRequestProperty("Accept", "application/jwk-set+json, application/json");
        try {
            if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
                throw new IOException("the answer was " + connection.getResponseCode() + ", not 200");
            }
            try (InputStream in = connection.getInputStream()) {
                return read(in, end);
            }
        } finally {
            connection.disconnect();
        }
    }

    private String read(InputStream in, long end) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] buffer = new byte[BUFFER];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            bytes.write(buffer, 0, count);
            if (bytes.size() > MAX_BYTES || nanoTime.getAsLong() > end) {
                throw new IOException("the answer was longer than " + MAX_BYTES + " bytes, or took too long");
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
