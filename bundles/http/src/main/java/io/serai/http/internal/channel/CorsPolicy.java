package io.serai.http.internal.channel;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/**
 * Which pages of other origins may call a channel from a browser, after the Fetch standard (CORS protocol).
 *
 * @param origins the origins, such as {@code https://app.example.com}; {@code *} for all; empty for none
 * @param headers the request headers such a page may send
 * @param exposed the response headers such a page may read
 * @param credentials whether it may send cookies and client certificates; not together with {@code *}
 * @param maxAge how long a browser may keep the answer to a preflight
 */
public record CorsPolicy(
        Set<String> origins, List<String> headers, List<String> exposed, boolean credentials, Duration maxAge) {
    private static final String ANY = "*";

    public CorsPolicy {
        origins = Set.copyOf(origins);
        headers = List.copyOf(headers);
        exposed = List.copyOf(exposed);
        Objects.requireNonNull(maxAge, "maxAge");
        if (credentials && origins.contains(ANY)) {
            throw new IllegalArgumentException(
                    "Credentials cannot be allowed to every origin; list the origins instead of '*'");
        }
        for (String origin : origins) {
            if (!origin.equals(ANY) && (origin.endsWith("/") || !origin.contains("://"))) {
                throw new IllegalArgumentException(
                        "'" + origin + "' is not an origin; write scheme, host and port only: https://app.example.com");
            }
        }
    }

    /** Returns whether a page of an origin may call at all. */
    public boolean allows(String origin) {
        return origins.contains(ANY) || origins.contains(origin);
    }

    /** Adds what a browser needs to let a page read an answer; nothing if it may not. */
    public void describe(@Nullable String origin, HttpFields.Mutable answer) {
        if (origins.isEmpty()) {
            return;
        }
        boolean any = origins.contains(ANY);
        if (!any) {
            answer.ensureField(new HttpField(HttpHeader.VARY, HttpHeader.ORIGIN.asString()));
        }
        if (origin == null || !allows(origin)) {
            return;
        }
        answer.put(HttpHeader.ACCESS_CONTROL_ALLOW_ORIGIN, any ? ANY : origin);
        if (credentials) {
            answer.put(HttpHeader.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
        }
        if (!exposed.isEmpty()) {
            answer.put(HttpHeader.ACCESS_CONTROL_EXPOSE_HEADERS, String.join(", ", exposed));
        }
    }

    /** Adds what a browser asks for before it sends a request that is not simple. */
    public void describePreflight(String origin, Collection<String> methods, HttpFields.Mutable answer) {
        describe(origin, answer);
        if (!allows(origin)) {
            return;
        }
        answer.put(HttpHeader.ACCESS_CONTROL_ALLOW_METHODS, String.join(", ", methods));
        answer.put(HttpHeader.ACCESS_CONTROL_MAX_AGE, maxAge.toSeconds());
        if (!headers.isEmpty()) {
            answer.put(HttpHeader.ACCESS_CONTROL_ALLOW_HEADERS, String.join(", ", headers));
        }
    }
}
