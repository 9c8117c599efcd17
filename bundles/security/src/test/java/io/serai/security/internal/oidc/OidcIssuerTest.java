package io.serai.security.internal.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.serai.security.internal.directory.Outsider;
import java.io.IOException;
import java.io.Reader;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.junit.Rule;
import org.junit.Test;

/** Tokens of a provider that answers over HTTP, and of those who would like to be it. */
public class OidcIssuerTest {
    @Rule
    public final Provider provider = new Provider();

    private final OidcIssuer issuer = provider.seen(Map.of("clock_skew_millis", 0));

    @Test
    public void takesATokenAsOftenAsItIsGoodAndAsksForKeysOnce() throws Exception {
        String token = provider.token();
        for (int time = 0; time < 3; time++) {
            assertThat(issuer.check(token)).contains(new Outsider("mia", Set.of("night", "choir")));
        }
        assertThat(provider.asked).hasValue(1);
        assertThat(issuer.check(Provider.sign(
                        provider.mia().audience(List.of("other", "serai")).build(), provider.key())))
                .isPresent();
    }

    @Test
    public void takesNoTokenThatTheProviderHasNotSigned() throws Exception {
        assertThat(issuer.check(new PlainJWT(provider.mia().build()).serialize()))
                .isEmpty(); // alg: none
        assertThat(issuer.check(Provider.sign(provider.mia().build(), Provider.key("first"))))
                .isEmpty();
        String token = provider.token();
        assertThat(issuer.check(token.substring(0, token.length() - 4) + "AAAA"))
                .isEmpty();
        assertThat(issuer.check("eyJ.eyJ.x")).isEmpty();
        assertThat(issuer.check("eyJ" + "a".repeat(20_000))).isEmpty();

        // the public key, which everybody has, as the secret of an HMAC
        for (byte[] secret : List.of(
                provider.key().toRSAPublicKey().getEncoded(),
                provider.key().toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8))) {
            SignedJWT forged = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("first").build(),
                    provider.mia().build());
            forged.sign(new MACSigner(secret));
            assertThat(issuer.check(forged.serialize())).isEmpty();
        }
    }

    @Test
    public void takesNoTokenThatIsForOthersOrNotForNow() throws Exception {
        RSAKey key = provider.key();
        Date past = Date.from(Instant.now().minusSeconds(2));
        Date future = Date.from(Instant.now().plusSeconds(60));
        assertThat(issuer.check(
                        Provider.sign(provider.mia().issuer("https://evil").build(), key)))
                .isEmpty();
        assertThat(issuer.check(Provider.sign(provider.mia().audience("other").build(), key)))
                .isEmpty();
        assertThat(issuer.check(
                        Provider.sign(provider.mia().audience((String) null).build(), key)))
                .isEmpty();
        assertThat(issuer.check(
                        Provider.sign(provider.mia().expirationTime(past).build(), key)))
                .isEmpty();
        assertThat(issuer.check(
                        Provider.sign(provider.mia().expirationTime(null).build(), key)))
                .isEmpty();
        assertThat(issuer.check(
                        Provider.sign(provider.mia().notBeforeTime(future).build(), key)))
                .isEmpty();
        assertThat(issuer.check(Provider.sign(
                        provider.mia().claim("preferred_username", "a\nb").build(), key)))
                .isEmpty();
        assertThat(issuer.check(
                        Provider.sign(provider.mia().claim("groups", null).build(), key)))
                .isEmpty();
        assertThat(issuer.check(
                        Provider.sign(provider.mia().claim("groups", "night").build(), key)))
                .isEmpty();
    }

    @Test
    public void aFloodOfUnknownKeysAsksTheProviderNowAndThenOnly() throws Exception {
        assertThat(issuer.check(provider.token())).isPresent();
        for (int attempt = 0; attempt < 50; attempt++) {
            String forged = Provider.sign(
                    provider.mia().build(),
                    new RSAKey.Builder(provider.key()).keyID("k" + attempt).build());
            assertThat(issuer.check(forged)).isEmpty();
        }
        assertThat(provider.asked).hasValueLessThanOrEqualTo(3);
        assertThat(issuer.check(provider.token())).isPresent();
    }

    @Test
    public void findsANewKeyOfTheProvider() throws Exception {
        OidcIssuer quick = provider.seen(Map.of("keys_pause_millis", 100L));
        assertThat(quick.check(provider.token())).isPresent();
        provider.rotate("second");
        await().until(() -> quick.check(provider.token()).isPresent());
    }

    @Test
    public void aProviderThatIsAnotherOrDoesNotAnswerIsToldAsSuch() throws Exception {
        OidcIssuer other = provider.seen(Map.of("issuer", provider.issuer() + "/"));
        assertThatThrownBy(() -> other.check(provider.token()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("says that it is another one");
        OidcIssuer dead = provider.seen(Map.of("issuer", "http://127.0.0.1:1"));
        assertThatThrownBy(() -> dead.check(provider.token())).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> dead.check(provider.token())).hasMessageContaining("a moment ago");
        assertThat(new OidcIssuer(new FixedOidcConfig(Map.of())).check(provider.token()))
                .isEmpty();
    }

    @Test
    public void namesPidKeyValueAndRangeOfWhatItRejects() {
        assertRejects(Map.of("issuer", "http://acme.com", "audience", "x"), "issuer = 'http://acme.com'", "https");
        assertRejects(Map.of("issuer", "https://acme.com"), "audience = ''", "client");
        assertRejects(Map.of("user_claim", " "), "user.claim = ' '", "claim");
        assertRejects(Map.of("clock_skew_millis", -1), "clock.skew.millis = '-1'", "0 to 600000");
        assertRejects(Map.of("answer_timeout_millis", 1), "answer.timeout.millis = '1'", "100 to 60000");
        assertRejects(Map.of("keys_pause_millis", 1L), "keys.pause.millis = '1'", "100 to 86400000");
        assertRejects(Map.of("keys_lifetime_millis", 1L), "keys.lifetime.millis = '1'", "30000 to 86400000");
    }

    @Test
    public void shippedConfigurationListsEveryKeyWithItsDefault() throws IOException {
        Properties shipped = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of("../../karaf-config/etc/io.serai.security.oidc.cfg"))) {
            shipped.load(reader);
        }
        TreeMap<String, String> declared = new TreeMap<>();
        for (Method key : OidcConfig.class.getDeclaredMethods()) {
            declared.put(key.getName().replace('_', '.'), key.getDefaultValue() + "");
        }

        assertThat(shipped).containsExactlyInAnyOrderEntriesOf(declared);
    }

    private static void assertRejects(Map<String, Object> wrong, String... parts) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OidcSettings.of(new FixedOidcConfig(wrong)))
                .withMessageContaining("Configuration io.serai.security.oidc has ")
                .withMessageContainingAll(parts);
    }
}
