package io.serai.secrets.internal.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.serai.api.deploy.DeploymentException;
import io.serai.secrets.internal.SecretsRig;
import io.serai.secrets.internal.TestCertificates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/** Against a server that answers as the documentation of Vault's API has it: KV versions 1 and 2, AppRole. */
public class VaultTest {
    @Rule
    public final SecretsRig rig = new SecretsRig();

    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final Map<String, String> logins = new ConcurrentHashMap<>();
    private HttpsServer server;

    @Before
    public void start() throws Exception {
        TestCertificates authority = TestCertificates.authority();
        TestCertificates vault = authority.certify("EC", Duration.ofDays(1), "127.0.0.1");
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("vault", vault.key(), new char[0], new X509Certificate[] {vault.certificate()});
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(keys.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.createContext("/v1/", this::answer);
        server.start();
        Files.writeString(rig.home().resolve("ca.pem"), authority.pem());
        Files.writeString(rig.folder().resolve("token"), "hvs.good\n");
        rig.settings.put("vault.authorities.file", rig.home().resolve("ca.pem").toString());
        rig.join(1);
    }

    @After
    public void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        boolean login = path.equals("/v1/auth/approle/login");
        String token = exchange.getRequestHeaders().getFirst("X-Vault-Token");
        String answer = login ? logins.get(body) : answers.get(path);
        boolean known = login || "hvs.good".equals(token);
        int absent = login ? 400 : 404;
        int status = !known ? 403 : answer == null ? absent : 200;
        byte[] bytes =
                (known && answer != null ? answer : "{\"errors\":[\"denied\"]}").getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private Map<String, Object> from(Map<String, Object> more) {
        Map<String, Object> vault = new HashMap<>(more);
        vault.put("address", "https://127.0.0.1:" + server.getAddress().getPort() + "/");
        vault.putIfAbsent("path", "orders/db");
        return Map.of("from", Map.of("vault", vault));
    }

    @Test
    public void readsVersionTwoWithATokenAndAgainAfterAWhile() throws Exception {
        answers.put(
                "/v1/secret/data/orders/db",
                "{\"data\":{\"data\":{\"password\":\"one\"},\"metadata\":{\"version\":1}}}");
        String serves = rig.put("db", from(Map.of("field", "password", "tokenFile", "token")));
        assertThat(serves).contains("the value of field password of secret/data/orders/db at https://127.0.0.1:");
        assertThat(rig.read("db")).isEqualTo("one");

        answers.put("/v1/secret/data/orders/db", "{\"data\":{\"data\":{\"password\":\"two\"}}}");
        rig.secrets().refresh();
        assertThat(rig.read("db")).as("not asked each time").isEqualTo("one");
        rig.pass(Duration.ofMinutes(6));
        rig.secrets().refresh();
        assertThat(rig.read("db")).isEqualTo("two");

        server.stop(0);
        rig.pass(Duration.ofMinutes(6));
        rig.secrets().refresh();
        assertThat(rig.read("db")).as("Vault is away").isEqualTo("two");
    }

    @Test
    public void readsVersionOneWithAnAppRole() throws Exception {
        Files.writeString(rig.folder().resolve("role"), "r");
        Files.writeString(rig.folder().resolve("id"), "s");
        answers.put("/v1/kv/orders/db", "{\"data\":{\"value\":\"one\"}}");
        Map<String, Object> vault =
                from(Map.of("mount", "kv", "version", 1, "roleIdFile", "role", "secretIdFile", "id"));
        assertThatExceptionOfType(DeploymentException.class)
                .isThrownBy(() -> rig.put("db", vault))
                .withMessageContaining("Vault answers 400");

        logins.put("{\"role_id\":\"r\",\"secret_id\":\"s\"}", "{\"auth\":{\"client_token\":\"hvs.good\"}}");
        logins.put("{\"secret_id\":\"s\",\"role_id\":\"r\"}", "{\"auth\":{\"client_token\":\"hvs.good\"}}");
        rig.put("db", vault);
        assertThat(rig.read("db")).isEqualTo("one");
    }

    @Test
    public void saysWhyItCannotReadWithoutToken() throws Exception {
        refuses(Map.of("tokenFile", "token"), "Vault answers 404; see whether mount");
        answers.put("/v1/secret/data/orders/db", "{\"data\":{\"data\":{\"value\":7}}}");
        refuses(Map.of("tokenFile", "token"), "is not there, or no text");
        answers.put("/v1/secret/data/orders/db", "hvs.good");
        refuses(Map.of("tokenFile", "token"), "the answer is no JSON");
        Files.writeString(rig.folder().resolve("token"), "hvs.good\u0001");
        refuses(Map.of("tokenFile", "token"), "the token has characters that none has");
        Files.writeString(rig.folder().resolve("token"), "hvs.bad");
        refuses(Map.of("tokenFile", "token"), "Vault answers 403");
        refuses(Map.of("tokenFile", "/etc/hostname"), "is in none of the permitted folders");
        rig.settings.put("vault.authorities.file", "");
        rig.join(1);
        refuses(Map.of("tokenFile", "token"), "cannot be read: ");
    }

    private void refuses(Map<String, Object> vault, String part) {
        assertThatExceptionOfType(DeploymentException.class)
                .isThrownBy(() -> rig.put("db", from(vault)))
                .withMessageContaining(part)
                .withMessageNotContaining("hvs.");
    }
}
