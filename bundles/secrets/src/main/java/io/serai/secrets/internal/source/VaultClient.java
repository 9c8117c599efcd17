package io.serai.secrets.internal.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.serai.secrets.internal.SecretsSettings;
import io.serai.secrets.internal.source.ValueReference.InVault;
import io.serai.secrets.internal.source.ValueReference.Login;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Reads secrets over the HTTP API of HashiCorp Vault: engine KV version 1 ({@code GET /v1/<mount>/<path>}) or 2
 * ({@code GET /v1/<mount>/data/<path>}), with a token, or one that logging in with an AppRole gives
 * ({@code POST /v1/auth/approle/login}). Follows no redirect, which could carry the token elsewhere.
 */
final class VaultClient {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_BYTES = 1024 * 1024;
    private static final int OK = 200;

    private final SecretsSettings.Vault settings;
    private final PermittedFiles files;
    private final AtomicInteger threads = new AtomicInteger();
    private final ExecutorService executor = Executors.newCachedThreadPool(task -> {
        Thread thread = Executors.defaultThreadFactory().newThread(task);
        thread.setName("secrets-vault-" + threads.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    });

    VaultClient(SecretsSettings.Vault settings, PermittedFiles files) {
        this.settings = settings;
        this.files = files;
    }

    void close() {
        executor.shutdownNow();
    }

    char[] read(InVault secret) throws IOException, InterruptedException {
        HttpClient client = client();
        String token = token(client, secret);
        HttpRequest.Builder request = request(secret, secret.place()).GET();
        try {
            request.header("X-Vault-Token", token);
        } catch (IllegalArgumentException e) {
            // the cause would have the token
            throw new IOException(secret.description() + " cannot be read: the token has characters that none has");
        }
        JsonNode answer = send(client, secret, request);
        JsonNode data = answer.path("data");
        JsonNode value = (secret.version() == 2 ? data.path("data") : data).path(secret.field());
        if (!value.isTextual()) {
            throw new IOException(secret.description() + " is not there, or no text");
        }
        return value.textValue().toCharArray();
    }

    private String token(HttpClient client, InVault secret) throws IOException, InterruptedException {
        if (secret.login() instanceof Login.Token token) {
            return new String(files.read(token.file()));
        }
        Login.AppRole role = (Login.AppRole) secret.login();
        byte[] body = JSON.writeValueAsBytes(Map.of(
                "role_id", new String(files.read(role.roleIdFile())),
                "secret_id", new String(files.read(role.secretIdFile()))));
        JsonNode answer = send(
                client,
                secret,
                request(secret, "auth/approle/login")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(body)));
        JsonNode token = answer.path("auth").path("client_token");
        if (!token.isTextual()) {
            throw new IOException(secret.description() + " cannot be read: the login gave no token");
        }
        return token.textValue();
    }

    private HttpRequest.Builder request(InVault secret, String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(secret.address() + "/v1/" + path))
                .timeout(settings.timeout())
                .header("X-Vault-Request", "true");
        secret.namespace().ifPresent(name -> request.header("X-Vault-Namespace", name));
        return request;
    }

    private static JsonNode send(HttpClient client, InVault secret, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        HttpResponse<InputStream> answer;
        try {
            answer = client.send(request.build(), BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new IOException(secret.description() + " cannot be read: " + e.getMessage(), e);
        }
        try (InputStream body = answer.body()) {
            byte[] bytes = body.readNBytes(MAX_BYTES + 1);
            if (answer.statusCode() != OK || bytes.length > MAX_BYTES) {
                throw new IOException(secret.description() + " cannot be read: " + problem(answer.statusCode()));
            }
            return JSON.readTree(bytes);
        } catch (JsonProcessingException e) {
            // has part of the answer in its message
            throw new IOException(secret.description() + " cannot be read: the answer is no JSON");
        }
    }

    private static String problem(int status) {
        return switch (status) {
            case OK -> "the answer has more than " + MAX_BYTES + " bytes";
            case 400, 403 -> "Vault answers " + status
                    + "; see whether token or role still count, and may read the path";
            case 404 -> "Vault answers 404; see whether mount, path and version of the engine are right";
            case 503 -> "Vault answers 503; it is sealed, or in maintenance";
            default -> "Vault answers " + status;
        };
    }

    private HttpClient client() throws IOException {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .executor(executor)
                .connectTimeout(settings.timeout())
                .followRedirects(HttpClient.Redirect.NEVER);
        if (settings.authorities().isPresent()) {
            builder.sslContext(trusting(settings.authorities().get()));
        }
        return builder.build();
    }

    private static SSLContext trusting(Path authorities) throws IOException {
        try (InputStream in = Files.newInputStream(authorities)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("ca-" + store.size(), each);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(
                    "vault.authorities.file " + authorities + " has no certificates: " + e.getMessage(), e);
        }
    }
}
