package io.serai.http.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.NullUnmarked;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TestRule;

@NullUnmarked
public class TokenTest {
    private static final RSAKey KEY = key("one");
    private static final RSAKey NEXT = key("two");
    private static final String ISSUER = "https://issuer.example.com";

    private final GuardedServer guarded = new GuardedServer();
    private final AtomicInteger fetches = new AtomicInteger();
    private volatile JWKSet published = new JWKSet(KEY.toPublicJWK());
    private HttpServer issuer;

    @Rule
    public final TestRule rules = guarded.chain();

    @Before
    public void start() throws IOException {
        issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        issuer.createContext("/keys", exchange -> {
            fetches.incrementAndGet();
            byte[] body = published.toString().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
        issuer.start();
    }

    @After
    public void stop() {
        issuer.stop(0);
    }

    private static RSAKey key(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private void credential(Map<String, Object> more) {
        Map<String, Object> spec = new HashMap<>(
                Map.of("type", "jwt", "issuer", ISSUER, "audiences", List.of("serai"), "groups", List.of("partners")));
        spec.putAll(more);
        guarded.credential("tokens", spec);
    }

    private String url() {
        return "http://127.0.0.1:" + issuer.getAddress().getPort() + "/keys";
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience("serai")
                .subject("ann")
                .claim("scope", "read write")
                .expirationTime(Date.from(Instant.now().plusSeconds(60)));
    }

    private static String token(Consumer<JWTClaimsSet.Builder> changes) {
        JWTClaimsSet.Builder claims = claims();
        changes.accept(claims);
        return sign(JWSAlgorithm.RS256, "one", claims.build(), signer(KEY));
    }

    private static JWSSigner signer(RSAKey key) {
        try {
            return new RSASSASigner(key);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String sign(JWSAlgorithm algorithm, String id, JWTClaimsSet claims, JWSSigner signer) {
        try {
            SignedJWT jwt =
                    new SignedJWT(new JWSHeader.Builder(algorithm).keyID(id).build(), claims);
            jwt.sign(signer);
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private int status(String token) throws Exception {
        return guarded.server
                .send(guarded.server.request("/orders").header("Authorization", "Bearer " + token))
                .statusCode();
    }

    @Test
    public void aTokenOfTheIssuerTellsWhoCallsAndIsVerifiedByKeysFetchedOnce() throws Exception {
        credential(Map.of("jwksUrl", url(), "claims", Map.of("scope", "write")));
        guarded.channel("orders", "{groups: [partners]}");
        String token = token(claims -> {});
        await().until(() -> status(token) == 200);

        var answer = guarded.server.send(guarded.server.request("/orders").header("Authorization", "bearer " + token));

        assertThat(answer.body()).startsWith("tokens/ann [partners]");
        for (int i = 0; i < 20; i++) {
            String subject = "user" + i;
            assertThat(status(token(claims -> claims.subject(subject)))).isEqualTo(200);
        }
        assertThat(fetches.get()).isEqualTo(1);
    }

    @Test
    public void whatATokenMustSayIsHeld() throws Exception {
        credential(Map.of("jwks", published.toString(), "claims", Map.of("scope", "write")));
        guarded.channel("orders", "{credentials: [tokens]}");

        assertThat(status(token(claims -> {}))).isEqualTo(200);
        assertThat(status(token(
                        claims -> claims.expirationTime(Date.from(Instant.now().minusSeconds(5))))))
                .as("within what clocks may differ by")
                .isEqualTo(200);
        List<Consumer<JWTClaimsSet.Builder>> wrong = List.of(
                claims -> claims.expirationTime(Date.from(Instant.now().minusSeconds(31))),
                claims -> claims.expirationTime(null),
                claims -> claims.notBeforeTime(Date.from(Instant.now().plusSeconds(60))),
                claims -> claims.audience("somebody"),
                claims -> claims.audience((String) null),
                claims -> claims.issuer("https://evil.example.com"),
                claims -> claims.claim("scope", "read"),
                claims -> claims.subject(null),
                claims -> claims.subject("a\nb"));
        for (Consumer<JWTClaimsSet.Builder> change : wrong) {
            assertThat(status(token(change))).isEqualTo(401);
        }
    }

    @Test
    public void aTokenEndsThoughItIsKnown() throws Exception {
        credential(Map.of("jwks", published.toString(), "clockSkew", "0s"));
        guarded.channel("orders", "{credentials: [tokens]}");
        String token =
                token(claims -> claims.expirationTime(Date.from(Instant.now().plusSeconds(2))));

        assertThat(status(token)).isEqualTo(200);
        await().until(() -> status(token) == 401);
    }

    @Test
    public void tricksWithAlgorithmsAndKeysFail() throws Exception {
        credential(Map.of("jwks", published.toString()));
        guarded.channel("orders", "{credentials: [tokens]}");
        byte[] publicKey = KEY.toRSAPublicKey().getEncoded();
        String confused = sign(JWSAlgorithm.HS256, "one", claims().build(), new MACSigner(publicKey));
        String forged = sign(JWSAlgorithm.RS256, "one", claims().build(), signer(NEXT));
        String notPermitted = sign(JWSAlgorithm.RS512, "one", claims().build(), signer(KEY));
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        String none = encoder.encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + encoder.encodeToString(claims().build().toString().getBytes(StandardCharsets.UTF_8)) + ".";
        String deep = encoder.encodeToString("{\"alg\":\"RS256\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + encoder.encodeToString("[".repeat(5_000).getBytes(StandardCharsets.UTF_8)) + ".AA";

        String right = token(claims -> {});
        for (String token : List.of(confused, forged, notPermitted, none, deep, right + "A", "a.b.c", "..")) {
            assertThat(status(token)).as(token).isEqualTo(401);
        }
        assertThat(status(token(claims -> claims.claim("padding", "x".repeat(7_000)))))
                .isEqualTo(401);
    }

    @Test
    public void aFloodOfUnknownKeysFetchesThemNoMoreOften() throws Exception {
        credential(Map.of("jwksUrl", url()));
        guarded.channel("orders", "{credentials: [tokens]}");
        await().until(() -> status(token(claims -> {})) == 200);
        int before = fetches.get();

        for (int i = 0; i < 50; i++) {
            String unknown = sign(JWSAlgorithm.RS256, "no" + i, claims().build(), signer(NEXT));
            assertThat(status(unknown)).isIn(401, 429);
        }

        assertThat(fetches.get()).isEqualTo(before);
    }
}
