package io.serai.security.internal.oidc;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The checked configuration.
 *
 * @param issuer the provider; empty for none
 * @param audience for whom tokens must be
 * @param userClaim the claim that is the name
 * @param groupsClaim the claim that has the groups
 * @param times how long things may take
 */
record OidcSettings(Optional<URI> issuer, Set<String> audience, String userClaim, String groupsClaim, Times times) {
    static final String PID = "io.serai.security.oidc";

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final long MAX_SKEW_MILLIS = 600_000;
    private static final long MAX_ANSWER_MILLIS = 60_000;
    private static final long MAX_KEYS_MILLIS = 86_400_000;

    /** How long things may take, in milliseconds. */
    record Times(long skew, int answer, long keysLifetime, long keysPause) {}

    OidcSettings {
        audience = Set.copyOf(audience);
    }

    static OidcSettings of(OidcConfig config) {
        String issuer = config.issuer().strip();
        Set<String> audience = Stream.of(config.audience().split(",", -1))
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .collect(Collectors.toSet());
        require(issuer.isEmpty() || !audience.isEmpty(), "audience", "", "the id of the client that this cluster is");
        long pause = within("keys.pause.millis", config.keys_pause_millis(), 100, MAX_KEYS_MILLIS);
        return new OidcSettings(
                issuer.isEmpty() ? Optional.empty() : Optional.of(url("issuer", issuer)),
                audience,
                claim("user.claim", config.user_claim()),
                claim("groups.claim", config.groups_claim()),
                new Times(
                        within("clock.skew.millis", config.clock_skew_millis(), 0, MAX_SKEW_MILLIS),
                        (int) within("answer.timeout.millis", config.answer_timeout_millis(), 100, MAX_ANSWER_MILLIS),
                        within("keys.lifetime.millis", config.keys_lifetime_millis(), pause, MAX_KEYS_MILLIS),
                        pause));
    }

    /** Returns a URL that nobody in between can answer for. */
    static URI url(String key, String value) {
        try {
            URI url = new URI(value);
            boolean local = "http".equals(url.getScheme()) && LOOPBACK.contains(String.valueOf(url.getHost()));
            require(local || ("https".equals(url.getScheme()) && url.getHost() != null), key, value, "an https URL");
            return url;
        } catch (URISyntaxException e) {
            throw invalid(key, value, "an https URL");
        }
    }

    private static String claim(String key, String value) {
        require(!value.isBlank(), key, value, "the name of a claim");
        return value.strip();
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
