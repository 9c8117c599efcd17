package io.serai.security.internal.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.serai.security.internal.directory.Outsider;
import io.serai.security.internal.directory.UserSpec;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks tokens that an OpenID provider has signed: JWTs, by the keys it says (OpenID Connect Discovery 1.0). Its keys are kept, and
 * asked for again at most every now and then, whatever key a token names. Thread-safe.
 */
@Component(
        service = OidcIssuer.class,
        configurationPid = OidcSettings.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = OidcConfig.class)
public final class OidcIssuer {
    private static final Logger LOG = LoggerFactory.getLogger(OidcIssuer.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DISCOVERY = "/.well-known/openid-configuration";
    private static final int MAX_TOKEN = 16 * 1024;
    private static final int MAX_ANSWER = 512 * 1024;

    /** Signatures by keys that only the provider has: neither {@code none}, nor secrets that could be public keys. */
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private final OidcSettings settings;
    private final Object lock = new Object();
    private @Nullable DefaultJWTProcessor<SecurityContext> processor; // guarded by lock
    private long failedAt; // guarded by lock
    private boolean failed; // guarded by lock

    /** Asks nobody yet. */
    @Activate
    public OidcIssuer(OidcConfig config) {
        this.settings = OidcSettings.of(config);
    }

    /** Returns whether there is a provider, and a token could be one of its. */
    public boolean mayKnow(String token) {
        return settings.issuer().isPresent() && token.startsWith("eyJ") && token.length() <= MAX_TOKEN;
    }

    /** Returns whether there is a provider. */
    public boolean isThere() {
        return settings.issuer().isPresent();
    }

    /**
     * Returns whose token it is; empty if it does not count.
     *
     * @throws IOException if the provider must be asked for its keys, and does not answer
     */
    public Optional<Outsider> check(String token) throws IOException {
        if (!mayKnow(token)) {
            return Optional.empty();
        }
        try {
            return outsider(processor().process(token, null));
        } catch (RateLimitReachedException e) { // of a token that names another key than those of a moment ago
            return Optional.empty();
        } catch (KeySourceException e) {
            throw new IOException(e.getMessage(), e);
        } catch (BadJOSEException | JOSEException | ParseException e) {
            LOG.info("Did not take a token of an OpenID provider: cause={}", printable(e.getMessage()));
            return Optional.empty();
        }
    }

    private Optional<Outsider> outsider(JWTClaimsSet claims) throws ParseException {
        String name = claims.getStringClaim(settings.userClaim());
        List<String> groups = claims.getStringListClaim(settings.groupsClaim());
        return name == null || groups == null || !UserSpec.isName(name)
                ? Optional.empty()
                : Optional.of(new Outsider(name, Set.copyOf(groups)));
    }

    /** Returns what checks tokens; asks the provider where its keys are, until it has said so. */
    private DefaultJWTProcessor<SecurityContext> processor() throws IOException {
        synchronized (lock) {
            DefaultJWTProcessor<SecurityContext> known = processor;
            if (known != null) {
                return known;
            }
            long now = System.nanoTime();
            if (failed && now - failedAt < settings.times().keysPause() * 1_000_000) {
                throw new IOException("the OpenID provider did not answer a moment ago");
            }
            try {
                DefaultJWTProcessor<SecurityContext> made =
                        processor(settings.issuer().orElseThrow());
                processor = made;
                return made;
            } catch (IOException e) {
                failed = true;
                failedAt = now;
                throw e;
            }
        }
    }

    private DefaultJWTProcessor<SecurityContext> processor(URI issuer) throws IOException {
        OidcSettings.Times times = settings.times();
        DefaultResourceRetriever retriever = new DefaultResourceRetriever(times.answer(), times.answer(), MAX_ANSWER);
        String base = issuer.toString().replaceFirst("/$", "");
        JsonNode said = JSON.readTree(
                retriever.retrieveResource(URI.create(base + DISCOVERY).toURL()).getContent());
        if (!said.path("issuer").asText().equals(issuer.toString())) {
            throw new IOException("the provider at " + issuer + " says that it is another one");
        }
        URI keys;
        try {
            keys = OidcSettings.url("jwks_uri", said.path("jwks_uri").asText());
        } catch (IllegalArgumentException e) {
            throw new IOException("the provider at " + issuer + " has its keys at no https URL", e);
        }
        JWKSource<SecurityContext> source = JWKSourceBuilder.<SecurityContext>create(keys.toURL(), retriever)
                .cache(times.keysLifetime(), times.answer() * 2L)
                .refreshAheadCache(false)
                .rateLimited(times.keysPause())
                .build();
        DefaultJWTClaimsVerifier<SecurityContext> claims = new DefaultJWTClaimsVerifier<>(
                settings.audience(),
                new JWTClaimsSet.Builder().issuer(issuer.toString()).build(),
                Set.of("sub", "exp", settings.userClaim()),
                null);
        claims.setMaxClockSkew((int) (times.skew() / 1_000));
        DefaultJWTProcessor<SecurityContext> made = new DefaultJWTProcessor<>();
        made.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        made.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, source));
        made.setJWTClaimsSetVerifier(claims);
        return made;
    }

    private static String printable(@Nullable String text) {
        String shown = String.valueOf(text);
        return (shown.length() > 200 ? shown.substring(0, 200) : shown).replaceAll("[^\\p{Print}]", "?");
    }
}
