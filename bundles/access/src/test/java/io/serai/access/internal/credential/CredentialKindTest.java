package io.serai.access.internal.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import io.serai.api.object.ObjectException;
import io.serai.api.object.ObjectKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.Test;

public class CredentialKindTest {
    private static final ObjectKey ACME = ObjectKey.of("credential", "acme");
    private static final String PASSWORD = "correct horse battery";

    private final CredentialKind kind = new CredentialKind();

    @Test
    public void keepsTheHashOfAPasswordAndShowsNeither() throws Exception {
        Map<String, Object> kept = kind.keep(ACME, Map.of("type", "basic", "password", PASSWORD), Optional.empty());

        assertThat(kept.toString()).contains("$argon2id$").doesNotContain(PASSWORD);
        assertThat(kind.show(ACME, kept)).isEqualTo(Map.of("type", "basic"));
    }

    @Test
    public void changesNothingForTheSamePasswordAndKeepsTheHashWithoutOne() throws Exception {
        Map<String, Object> given = Map.of("type", "basic", "password", PASSWORD);
        Map<String, Object> kept = kind.keep(ACME, given, Optional.empty());

        assertThat(kind.keep(ACME, given, Optional.of(kept))).isEqualTo(kept);
        assertThat(kind.keep(ACME, kind.show(ACME, kept), Optional.of(kept))).isEqualTo(kept);
        assertThat(kind.keep(ACME, Map.of("type", "basic", "password", PASSWORD + "!"), Optional.of(kept)))
                .isNotEqualTo(kept);
        assertThat(kind.keep(ACME, Map.of("type", "api-key"), Optional.of(kept)))
                .isEqualTo(Map.of("type", "api-key"));
    }

    @Test
    public void nobodyGivesAHash() throws Exception {
        Map<String, Object> given = Map.of("type", "api-key", "id", "0".repeat(16), "secretHash", "0".repeat(64));

        assertThat(kind.keep(ACME, given, Optional.empty())).isEqualTo(Map.of("type", "api-key"));
    }

    @Test
    public void refusesWhatTheSchemaCannot() throws Exception {
        RSAKey key = new RSAKeyGenerator(2048).generate();
        Map<String, Object> jwt = Map.of("type", "jwt", "issuer", "i", "audiences", List.of("a"));
        refuses(Map.of("type", "basic", "password", PASSWORD), "is in clear");
        refuses(Map.of("type", "basic", "passwordHash", "$argon2id$v=19$m=999999,t=99,p=1$x$y"), "is no hash");
        refuses(Map.of("type", "basic", "issuer", "x"), "'issuer' is not for credentials of type basic");
        refuses(Map.of("type", "basic", "expires", "soon"), "RFC 3339");
        refuses(jwt, "'jwksUrl' or jwks must say");
        refuses(with(jwt, "jwksUrl", "http://issuer.example.com/keys"), "must be an https URL");
        refuses(with(jwt, "jwksUrl", "https://ann:x@issuer.example.com/keys"), "must be an https URL");
        refuses(with(jwt, "jwksUrl", "file:///etc/passwd"), "must be an https URL");
        refuses(with(jwt, "jwks", "{\"keys\":[" + key.toJSONString() + "]}"), "has a private key");
        refuses(with(jwt, "jwks", "{\"keys\":[]}"), "has 0 keys");
        refuses(Map.of("type", "mtls"), "'fingerprint' or authority");
        refuses(Map.of("type", "mtls", "authority", "x"), "certificates in PEM");
        assertThatThrownBy(() -> kind.check(new ObjectKey("credential", "a", "nodes/node1"), Map.of("type", "basic")))
                .hasMessageContaining("leave the layer out");
    }

    private static Map<String, Object> with(Map<String, Object> spec, String key, Object value) {
        Map<String, Object> more = new HashMap<>(spec);
        more.put(key, value);
        return more;
    }

    private void refuses(Map<String, Object> kept, String message) {
        assertThatThrownBy(() -> kind.check(ACME, kept))
                .isInstanceOf(ObjectException.class)
                .hasMessageStartingWith("Cannot take credential/acme: ")
                .hasMessageContaining(message);
    }
}
