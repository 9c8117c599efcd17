package io.serai.secrets.internal.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.serai.api.object.ObjectException;
import io.serai.api.object.ObjectKey;
import io.serai.secrets.internal.SecretsRig;
import io.serai.secrets.internal.TestCertificates;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

public class CertificateKindTest {
    private static final ObjectKey SHOP = ObjectKey.of("certificate", "shop");

    @Rule
    public final SecretsRig rig = new SecretsRig();

    private CertificateKind kind;
    private TestCertificates authority;
    private TestCertificates shop;

    @Before
    public void make() throws Exception {
        kind = new CertificateKind(rig.slot);
        authority = TestCertificates.authority();
        shop = authority.certify("EC", Duration.ofDays(5), "shop.example.com");
    }

    @Test
    public void sealsTheKeyAndShowsTheChain() throws Exception {
        Map<String, Object> kept = keep(shop.pem() + authority.pem(), shop.keyPem());

        assertThat(kept).containsOnlyKeys("chain", "sealed");
        assertThat(kept.toString()).doesNotContain("PRIVATE KEY");
        assertThat(kind.show(SHOP, kept)).containsOnlyKeys("chain");
        assertThat(kind.keep(SHOP, Map.of("chain", shop.pem()), Optional.of(kept)))
                .as("the key stays")
                .containsEntry("sealed", kept.get("sealed"));
    }

    @Test
    public void refusesWhatCannotBeShown() throws Exception {
        TestCertificates other = authority.certify("EC", Duration.ofDays(5), "other.example.com");
        TestCertificates rsa = authority.certify("RSA", Duration.ofDays(5), "rsa.example.com");
        refuses(shop.pem(), other.keyPem(), "the key is not that of the certificate");
        refuses(shop.pem(), rsa.keyPem(), "the key is none for EC");
        refuses(
                shop.pem() + other.pem(),
                shop.keyPem(),
                "certificate 2 of the chain did not certify the one before it");
        refuses(shop.pem(), "secret", "openssl pkcs8 -topk8 -nodes");
        refuses("nonsense", shop.keyPem(), "the chain");
        assertThatExceptionOfType(ObjectException.class)
                .isThrownBy(() -> kind.check(SHOP, Map.of("chain", shop.pem(), "key", shop.keyPem())))
                .withMessageContaining("the key is in clear")
                .withMessageNotContaining("PRIVATE");
        assertThatExceptionOfType(ObjectException.class)
                .isThrownBy(() -> kind.check(SHOP, Map.of()))
                .withMessageContaining("give one of the three");
    }

    @Test
    public void keepsWhatWasIssuedAndShowsOnlyTheOrder() throws Exception {
        Map<String, Object> acme = Map.of("names", List.of("shop.example.com"), "termsAgreed", true);
        Map<String, Object> issued = new HashMap<>(keep(shop.pem(), shop.keyPem()));
        issued.put("acme", acme);
        issued.put("sealedAccount", issued.get("sealed"));

        assertThat(kind.keep(SHOP, Map.of("acme", acme), Optional.of(issued))).isEqualTo(issued);
        assertThat(kind.show(SHOP, issued)).containsOnlyKeys("acme");
        assertThat(kind.keep(SHOP, Map.of("acme", acme), Optional.empty())).containsOnlyKeys("acme");
        assertThatExceptionOfType(ObjectException.class)
                .isThrownBy(() -> kind.keep(SHOP, Map.of("acme", acme, "chain", shop.pem()), Optional.empty()))
                .withMessageContaining("which chain and key come from");
    }

    private Map<String, Object> keep(String chain, String key) throws ObjectException {
        return kind.keep(SHOP, Map.of("chain", chain, "key", key), Optional.empty());
    }

    private void refuses(String chain, String key, String part) {
        assertThatExceptionOfType(ObjectException.class)
                .isThrownBy(() -> keep(chain, key))
                .withMessageContaining(part);
    }
}
