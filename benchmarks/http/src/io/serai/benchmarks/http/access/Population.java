package io.serai.benchmarks.http.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.serai.access.internal.credential.KeySecrets;
import io.serai.access.internal.credential.PasswordHash;
import io.serai.api.object.ObjectCodec;
import io.serai.api.object.ObjectDocument;
import io.serai.api.object.ObjectKey;
import io.serai.api.state.Content;
import io.serai.api.state.StatePath;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** 10,000 credentials, a limit that lets all pass, and what their callers send. */
final class Population {
    private static final int KEYS = 5_000;
    private static final int PASSWORDS = 4_999;
    private static final int CALLERS = 100; // of those who are slow to make or to check for the first time
    private static final String PASSWORD = "correct horse battery";
    private static final String ISSUER = "https://issuer.example.com";
    private static final Map<String, Object> LIMIT =
            Map.of("requests", 1_000_000, "per", "second", "by", List.of("caller"));

    private final MemoryState state = new MemoryState();
    private final ObjectCodec codec;
    private final List<String> keys = new ArrayList<>();
    private final List<String> passwords = new ArrayList<>();
    private final List<String> tokens = new ArrayList<>();

    Population(ObjectCodec codec) throws JOSEException {
        this.codec = codec;
        for (int i = 0; i < KEYS; i++) {
            key(i);
        }
        String hash = PasswordHash.of(PASSWORD).toString(); // one for all, since making one takes a hundredth of a second
        for (int i = 0; i < PASSWORDS; i++) {
            password(i, hash);
        }
        signTokens();
        put("rate-limit", "wide", LIMIT);
    }

    MemoryState state() {
        return state;
    }

    List<String> keys() {
        return keys;
    }

    List<String> passwords() {
        return passwords;
    }

    List<String> tokens() {
        return tokens;
    }

    private void key(int number) {
        String id = String.format("%016x", number);
        String key = "sck_" + id + "_" + String.format("%043d", number);
        put("credential", "device" + number, Map.of(
                "type", "api-key",
                "groups", List.of("devices"),
                "id", id,
                "secretHash", HexFormat.of().formatHex(KeySecrets.sha256(key))));
        keys.add("X-API-Key: " + key);
    }

    private void password(int number, String hash) {
        String name = "partner" + number;
        put("credential", name, Map.of("type", "basic", "groups", List.of("partners"), "passwordHash", hash));
        if (number < CALLERS) {
            byte[] pair = (name + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8);
            passwords.add("Authorization: Basic " + Base64.getEncoder().encodeToString(pair));
        }
    }

    private void signTokens() throws JOSEException {
        RSAKey key = new RSAKeyGenerator(2048).keyID("one").generate();
        put("credential", "tokens", Map.of(
                "type", "jwt",
                "groups", List.of("users"),
                "issuer", ISSUER,
                "audiences", List.of("serai"),
                "jwks", new JWKSet(key.toPublicJWK()).toString()));
        RSASSASigner signer = new RSASSASigner(key);
        for (int i = 0; i < CALLERS; i++) {
            JWTClaimsSet claims = new JWTClaimsSet.Builder()
                    .issuer(ISSUER)
                    .audience("serai")
                    .subject("user" + i)
                    .expirationTime(Date.from(Instant.now().plus(Duration.ofDays(1))))
                    .build();
            SignedJWT token =
                    new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("one").build(), claims);
            token.sign(signer);
            tokens.add("Authorization: Bearer " + token.serialize());
        }
    }

    private void put(String kind, String name, Map<String, Object> spec) {
        byte[] yaml = codec.yaml(List.of(new ObjectDocument(ObjectKey.of(kind, name), spec)));
        state.put(StatePath.of("objects", kind, name + ".yaml"), Content.of(yaml));
    }
}
