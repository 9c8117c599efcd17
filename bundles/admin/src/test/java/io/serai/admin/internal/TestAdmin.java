package io.serai.admin.internal;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.rules.ExternalResource;

/** A real server on a free port. */
@NullUnmarked
final class TestAdmin extends ExternalResource {
    final TestIdentity identity = new TestIdentity();
    final HttpClient client = HttpClient.newBuilder()
            .sslContext(identity.tls())
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private final Map<String, Object> configuration = new HashMap<>(Map.of("port", 0, "stop_timeout_millis", 0L));
    private AdminServer server;

    /** Sets a value that differs from the default, by the name of the method. */
    TestAdmin with(String key, Object value) {
        configuration.put(key, value);
        return this;
    }

    static AdminConfig config(Map<String, Object> values) {
        return (AdminConfig) Proxy.newProxyInstance(
                AdminConfig.class.getClassLoader(),
                new Class<?>[] {AdminConfig.class},
                (proxy, method, arguments) -> values.getOrDefault(method.getName(), method.getDefaultValue()));
    }

    @Override
    protected void before() throws Exception {
        server = new AdminServer(config(configuration), identity);
    }

    @Override
    protected void after() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    AdminServer server() {
        return server;
    }

    URI uri(String path) {
        return URI.create(server.endpoint()).resolve(path);
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path)));
    }

    HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path)).POST(BodyPublishers.ofString(body)));
    }

    /** Returns a connection that has said nothing yet, not even that it wants TLS. */
    Socket plain() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), uri("/").getPort());
        socket.setSoTimeout(10_000);
        return socket;
    }

    /** Returns a connection that speaks TLS. */
    Socket secure() throws IOException {
        Socket socket =
                identity.tls().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), uri("/").getPort());
        socket.setSoTimeout(10_000);
        return socket;
    }

    static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    /** Returns all that comes back until the server closes. */
    static String readAll(Socket socket) throws IOException {
        try {
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (SocketException e) {
            return "closed: " + e.getMessage();
        }
    }
}
