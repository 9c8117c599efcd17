package io.serai.itests.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.serai.itests.node.CommandLine;
import io.serai.itests.node.CommandLine.Result;
import io.serai.itests.node.NodeProcess;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.After;
import org.junit.Test;

/** The password of the first administrator: shown once, and nowhere else. */
public class AdminPasswordIT {
    private static final Pattern SHOWN = Pattern.compile("user +admin\\s+password +(\\S+)");

    private final NodeProcess node = new NodeProcess();

    @After
    public void stop() {
        node.stop();
    }

    @Test
    public void isShownOnceLetsTheAdministratorInAndIsInNoFile() throws Exception {
        Result first = node.serai("start");
        assertThat(first.exitCode()).as(first.err() + node.log()).isZero();
        Matcher shown = SHOWN.matcher(first.out());
        assertThat(shown.find()).as(first.out()).isTrue();
        String password = shown.group(1);
        assertThat(password).hasSizeGreaterThanOrEqualTo(20);
        assertThat(first.out()).containsOnlyOnce(password);

        HttpResponse<String> login = login("admin", password);
        assertThat(login.statusCode()).as(login.body()).isEqualTo(200);
        assertThat(login.body()).contains("admin");
        assertThat(login("admin", password + "x").statusCode()).isEqualTo(401);

        String other = "some words to remember";
        assertThat(put("ann", other, password).statusCode()).isEqualTo(201);
        assertThat(login("ann", other).statusCode()).isEqualTo(200);
        assertThat(put("bob", "short", password).statusCode()).isEqualTo(400);
        assertThat(filesWith(other)).isEmpty();
        assertThat(filesWith(password)).isEmpty();
        assertThat(CommandLine.succeed(
                        "git", "-C", node.folder().resolve("state.git").toString(), "log", "-p", "--all"))
                .contains("passwordHash")
                .doesNotContain(password);
        assertThat(node.folder().resolve("run/first-admin")).doesNotExist();
        for (String file : List.of("cmdline", "environ")) {
            assertThat(Files.readString(Path.of("/proc", Long.toString(node.pid()), file), StandardCharsets.ISO_8859_1))
                    .doesNotContain(password);
        }

        Result again = node.serai("restart");
        assertThat(again.exitCode()).as(again.err()).isZero();
        assertThat(again.out()).doesNotContain("password");
        assertThat(login("admin", password).statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> login(String user, String password) throws Exception {
        return send(HttpRequest.newBuilder(uri("login")), user, password);
    }

    /** Puts a user with a password, as the administrator. */
    private HttpResponse<String> put(String user, String given, String password) throws Exception {
        String body =
                "{\"kind\": \"user\", \"name\": \"%s\", \"spec\": {\"roles\": [\"viewer\"], \"password\": \"%s\"}}"
                        .formatted(user, given);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri("user/" + user))
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(body));
        return send(request, "admin", password);
    }

    private URI uri(String path) {
        return URI.create("https://localhost:" + node.adminPort() + "/api/v1/" + path);
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String user, String password) throws Exception {
        String basic = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        return HttpClient.newBuilder()
                .sslContext(trust(node.folder().resolve("identity/authority.crt")))
                .build()
                .send(request.header("Authorization", "Basic " + basic).build(), HttpResponse.BodyHandlers.ofString());
    }

    private List<Path> filesWith(String password) throws IOException {
        try (Stream<Path> files = Files.walk(node.home())) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> has(file, password))
                    .toList();
        }
    }

    private static boolean has(Path file, String password) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).contains(password);
        } catch (IOException e) {
            return false; // came and went
        }
    }

    private static SSLContext trust(Path certificate) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in = Files.newInputStream(certificate)) {
            store.setCertificateEntry(
                    "authority", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
