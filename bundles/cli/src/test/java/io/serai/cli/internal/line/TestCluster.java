package io.serai.cli.internal.line;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.NullUnmarked;
import org.junit.rules.ExternalResource;

/** A real HTTPS server that answers what a test tells it to, and remembers what it was asked. */
@NullUnmarked
final class TestCluster extends ExternalResource {
    private static final char[] NO_PASSWORD = {};

    /** What was asked: method, location, the headers that matter, body. */
    record Asked(String method, String location, Map<String, String> headers, String body) {}

    private record Answer(int status, String etag, String body) {}

    private final Map<String, Answer> answers = new TreeMap<>();
    private final List<Asked> asked = new ArrayList<>();
    private HttpsServer server;
    private X509Certificate certificate;

    @Override
    protected void before() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        KeyPair keys = generator.generateKeyPair();
        certificate = certificate(keys);
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("node", keys.getPrivate(), NO_PASSWORD, new X509Certificate[] {certificate});
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, NO_PASSWORD);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(managers.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.createContext("/", this::answer);
        server.start();
        on("GET /api/v1/openapi.json", 200, read("/openapi.json"));
    }

    private static String read(String resource) throws IOException {
        try (InputStream in = TestCluster.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    private static X509Certificate certificate(KeyPair keys) throws Exception {
        X500Name name = new X500Name("CN=node1");
        Instant now = Instant.now();
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                name,
                BigInteger.ONE,
                Date.from(now.minus(Duration.ofHours(1))),
                Date.from(now.plus(Duration.ofHours(1))),
                name,
                keys.getPublic());
        GeneralName[] names = {
            new GeneralName(GeneralName.dNSName, "localhost"), new GeneralName(GeneralName.iPAddress, "127.0.0.1")
        };
        builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
    }

    @Override
    protected void after() {
        server.stop(0);
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        String location = exchange.getRequestURI().toString();
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        Map<String, String> headers = new TreeMap<>();
        for (String name : List.of("Authorization", "If-Match", "If-None-Match", "Accept", "Content-Type")) {
            String value = exchange.getRequestHeaders().getFirst(name);
            if (value != null) {
                headers.put(name, value);
            }
        }
        asked.add(new Asked(exchange.getRequestMethod(), location, headers, body));
        Answer answer = answers.getOrDefault(
                exchange.getRequestMethod() + " " + location.split("\\?", 2)[0], problem(404, "There is nothing here"));
        if (!answer.etag().isEmpty()) {
            exchange.getResponseHeaders().set("ETag", answer.etag());
        }
        byte[] bytes = answer.body().getBytes(UTF_8);
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static Answer problem(int status, String detail) {
        return new Answer(
                status,
                "",
                "{\"status\":" + status + ",\"detail\":\"" + detail + "\",\"correlationId\":\"c-" + status + "\"}");
    }

    synchronized void on(String request, int status, String body) {
        answers.put(request, new Answer(status, "", body));
    }

    synchronized void onVersion(String request, String etag, String body) {
        answers.put(request, new Answer(200, etag, body));
    }

    synchronized void refuse(String request, int status, String detail) {
        answers.put(request, problem(status, detail));
    }

    /** Returns the last thing that was asked. */
    synchronized Asked last() {
        return asked.get(asked.size() - 1);
    }

    int port() {
        return server.getAddress().getPort();
    }

    String url() {
        return URI.create("https://localhost:" + port()).toString();
    }

    String fingerprint() throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
    }

    Path writePem(Path file) throws Exception {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded());
        return Files.writeString(file, "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n");
    }
}
