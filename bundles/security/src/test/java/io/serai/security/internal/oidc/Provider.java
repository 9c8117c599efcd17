package io.serai.security.internal.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.rules.ExternalResource;

/** An OpenID provider on a free port of loopback, which tells its keys and signs tokens. */
public final class Provider extends ExternalResource {
    /** How often its keys were asked for. */
    final AtomicInteger asked = new AtomicInteger();

    private final HttpServer server;
    private volatile RSAKey key;

    /** Starts it. */
    public Provider() {
        try {
            key = key("first");
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException | JOSEException e) {
            throw new AssertionError(e);
        }
        server.createContext(
                "/.well-known/openid-configuration",
                exchange -> answer(exchange, "{\"issuer\":\"%1$s\",\"jwks_uri\":\"%1$s/keys\"}".formatted(issuer())));
        server.createContext("/keys", exchange -> {
            asked.incrementAndGet();
            answer(exchange, new JWKSet(key.toPublicJWK()).toString());
        });
        server.start();
    }

    @Override
    protected void after() {
        server.stop(0);
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    RSAKey key() {
        return key;
    }

    static RSAKey key(String id) throws JOSEException {
        return new RSAKeyGenerator(2048).keyID(id).algorithm(JWSAlgorithm.RS256).generate();
    }

    /** Signs with another key from now on. */
    void rotate(String id) throws JOSEException {
        key = key(id);
    }

    /** Returns an issuer as a cluster sees this one. */
    public OidcIssuer seen(Map<String, Object> other) {
        Map<String, Object> values = new HashMap<>(Map.of("issuer", issuer(), "audience", "serai"));
        values.putAll(other);
        return new OidcIssuer(new FixedOidcConfig(values));
    }

    /** Returns the claims of Mia, who is in the group night. */
    JWTClaimsSet.Builder mia() {
        return new JWTClaimsSet.Builder()
                .issuer(issuer())
                .audience("serai")
                .subject("4711")
                .claim("preferred_username", "mia")
                .claim("groups", List.of("night", "choir"))
                .expirationTime(Date.from(Instant.now().plusSeconds(300)));
    }

    /** Returns a token of Mia's. */
    public String token() throws JOSEException {
        return sign(mia().build(), key);
    }

    static String sign(JWTClaimsSet claims, RSAKey key) throws JOSEException {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), claims);
        token.sign(new RSASSASigner(key));
        return token.serialize();
    }
}
