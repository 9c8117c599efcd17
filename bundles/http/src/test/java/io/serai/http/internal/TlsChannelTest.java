package io.serai.http.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TestRule;

@NullUnmarked
public class TlsChannelTest {
    private static final Pair AUTHORITY = pair("CN=authority", null, true);
    private static final Pair SERVER = pair("CN=localhost", null, false);
    private static final Pair ACME = pair("CN=acme,O=Acme", AUTHORITY, false);
    private static final Pair OTHER = pair("CN=other,O=Acme", AUTHORITY, false);
    private static final Pair STRANGER = pair("CN=acme,O=Acme", pair("CN=authority", null, true), false);

    private final GuardedServer guarded = new GuardedServer();

    @Rule
    public final TestRule rules = guarded.chain();

    public TlsChannelTest() {
        guarded.server.with("https_port", 0);
    }

    private record Pair(KeyPair keys, X509Certificate certificate) {
        X509ExtendedKeyManager manager() throws Exception {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("key", keys.getPrivate(), new char[0], new X509Certificate[] {certificate});
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, new char[0]);
            return (X509ExtendedKeyManager) factory.getKeyManagers()[0];
        }

        String pem() throws IOException {
            StringWriter text = new StringWriter();
            try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
                writer.writeObject(certificate);
            }
            return text.toString();
        }

        String fingerprint() throws Exception {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return HexFormat.ofDelimiter(":").withUpperCase().formatHex(hash);
        }
    }

    private static Pair pair(String subject, @Nullable Pair issuer, boolean authority) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            KeyPair keys = generator.generateKeyPair();
            X500Name name = X500Name.getInstance(new X500Principal(subject).getEncoded());
            var builder = new JcaX509v3CertificateBuilder(
                    issuer == null
                            ? name
                            : new X500Name(issuer.certificate()
                                    .getSubjectX500Principal()
                                    .getName()),
                    BigInteger.valueOf(System.nanoTime()),
                    Date.from(Instant.now().minusSeconds(60)),
                    Date.from(Instant.now().plusSeconds(3600)),
                    name,
                    keys.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            builder.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(new GeneralName(GeneralName.iPAddress, "127.0.0.1")));
            var signer = new JcaContentSignerBuilder("SHA256withECDSA")
                    .build(issuer == null ? keys.getPrivate() : issuer.keys().getPrivate());
            return new Pair(keys, new JcaX509CertificateConverter().getCertificate(builder.build(signer)));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Before
    public void showCertificate() throws Exception {
        guarded.server.server().bindKeys(SERVER.manager());
    }

    private HttpResponse<String> get(String path, @Nullable Pair client) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", SERVER.certificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(client == null ? null : new KeyManager[] {client.manager()}, trust.getTrustManagers(), null);
        int port = guarded.server.server().securePort().orElseThrow();
        HttpClient https = HttpClient.newBuilder().sslContext(context).build();
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + path))
                .build();
        return https.send(request, BodyHandlers.ofString());
    }

    @Test
    public void aCertificateOfTheAuthorityTellsWhoCalls() throws Exception {
        guarded.credential("partners", Map.of("type", "mtls", "authority", AUTHORITY.pem()));
        guarded.channel("any", "{credentials: [partners]}");

        assertThat(get("/any", OTHER).body()).startsWith("partners/CN=other,O=Acme []");
        assertThat(get("/any", STRANGER).statusCode()).isEqualTo(401);
        assertThat(get("/any", SERVER).statusCode()).isEqualTo(401);
        assertThat(get("/any", null).statusCode()).isEqualTo(401);
        // over the other port nobody shows a certificate
        assertThat(guarded.server.get("/any").statusCode()).isEqualTo(401);
    }

    @Test
    public void aSubjectIsHeldToItsAuthority() throws Exception {
        guarded.credential("acme", Map.of("type", "mtls", "authority", AUTHORITY.pem(), "subject", "CN=acme,O=Acme"));
        guarded.channel("acme", "{credentials: [acme]}");

        assertThat(get("/acme", ACME).body()).startsWith("acme []");
        assertThat(get("/acme", OTHER).statusCode()).isEqualTo(401);
        assertThat(get("/acme", STRANGER).statusCode()).isEqualTo(401);
    }

    @Test
    public void aFingerprintNeedsNoAuthority() throws Exception {
        guarded.credential("acme", Map.of("type", "mtls", "fingerprint", STRANGER.fingerprint()));
        guarded.channel("acme", "{credentials: [acme]}");

        assertThat(get("/acme", STRANGER).statusCode()).isEqualTo(200);
        assertThat(get("/acme", ACME).statusCode()).isEqualTo(401);
        guarded.credential("acme", Map.of("type", "mtls", "fingerprint", ACME.fingerprint()));
        assertThat(get("/acme", STRANGER).statusCode()).isEqualTo(401);
    }

    @Test
    public void listensOnlyWhileThereIsACertificateToShow() throws Exception {
        guarded.channel("open", "{addresses: [127.0.0.1]}");
        X509ExtendedKeyManager next = SERVER.manager();
        assertThat(get("/open", null).statusCode()).isEqualTo(200);
        int port = guarded.server.server().securePort().orElseThrow();

        guarded.server.server().bindKeys(next);
        guarded.server.server().unbindKeys(next);

        assertThat(guarded.server.server().securePort()).isEmpty();
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
                .isInstanceOf(IOException.class);
    }
}
