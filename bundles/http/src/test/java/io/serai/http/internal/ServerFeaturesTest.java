package io.serai.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.serai.api.runtime.InvocationResult;
import java.io.ByteArrayInputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.ClassRule;
import org.junit.Test;

public class ServerFeaturesTest {
    @ClassRule
    public static final TestServer SERVER = new TestServer()
            .with("cors_origins", "https://a.example, https://b.example")
            .with("cors_credentials", true);

    record Item(String name) {}

    @Test
    public void compressesLargeTextForClientsThatTakeIt() throws Exception {
        SERVER.serve("GET /large", Void.class, Item.class, call -> new Item("x".repeat(5_000)));
        SERVER.serveFully(
                "GET /image",
                Void.class,
                byte[].class,
                call -> new InvocationResult(new byte[5_000], 0, Map.of("Content-Type", "image/png")));
        SERVER.serve("GET /small", Void.class, String.class, call -> "x");

        HttpResponse<byte[]> large = gzip("/large");
        assertThat(large.headers().firstValue("Content-Encoding")).hasValue("gzip");
        assertThat(large.headers().firstValue("Vary").orElse("")).contains("Accept-Encoding");
        byte[] json = new GZIPInputStream(new ByteArrayInputStream(large.body())).readAllBytes();
        assertThat(new String(json, StandardCharsets.UTF_8)).hasSize(5_011);
        assertThat(gzip("/image").headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(gzip("/small").headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(SERVER.get("/large").body()).hasSize(5_011);
    }

    @Test
    public void letsPagesOfListedOriginsReadAnswers() throws Exception {
        SERVER.serve("GET /cors", Void.class, String.class, call -> "x");

        HttpResponse<String> listed = SERVER.send(SERVER.request("/cors").header("Origin", "https://a.example"));
        HttpResponse<String> other = SERVER.send(SERVER.request("/cors").header("Origin", "https://evil.example"));

        assertThat(listed.headers().firstValue("Access-Control-Allow-Origin")).hasValue("https://a.example");
        assertThat(listed.headers().firstValue("Access-Control-Allow-Credentials"))
                .hasValue("true");
        assertThat(listed.headers().firstValue("Access-Control-Expose-Headers"))
                .hasValue("X-Correlation-Id, X-Served-By");
        assertThat(listed.headers().allValues("Vary").toString()).contains("Origin");
        assertThat(other.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    public void answersPreflights() throws Exception {
        SERVER.serve("PUT /cors2", Item.class, String.class, call -> "x");

        HttpResponse<String> listed = preflight("https://b.example");
        HttpResponse<String> other = preflight("https://evil.example");

        assertThat(listed.statusCode()).isEqualTo(204);
        assertThat(listed.headers().firstValue("Access-Control-Allow-Methods")).hasValue("OPTIONS, PUT");
        assertThat(listed.headers().firstValue("Access-Control-Allow-Headers"))
                .hasValue("Content-Type, X-Correlation-Id");
        assertThat(listed.headers().firstValue("Access-Control-Max-Age")).hasValue("600");
        assertThat(other.headers().firstValue("Access-Control-Allow-Methods")).isEmpty();
    }

    @Test
    public void speaksHttp2WithoutTls() throws Exception {
        SERVER.serve("POST /h2", Item.class, Item.class, call -> call.input());
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
        HttpRequest post = SERVER.request("/h2")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"name\":\"a\"}"))
                .build();

        // the upgrade of the connection cannot carry a body: the first goes as HTTP/1.1
        assertThat(client.send(post, BodyHandlers.ofString()).body()).isEqualTo("{\"name\":\"a\"}");
        client.send(SERVER.request("/health/live").build(), BodyHandlers.discarding());
        HttpResponse<String> answer = client.send(post, BodyHandlers.ofString());

        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(answer.body()).isEqualTo("{\"name\":\"a\"}");
        HttpResponse<String> refused = client.send(SERVER.request("/nope").build(), BodyHandlers.ofString());
        assertThat(refused.statusCode()).isEqualTo(404);
        assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }

    private static HttpResponse<byte[]> gzip(String path) throws Exception {
        return SERVER.client.send(
                SERVER.request(path).header("Accept-Encoding", "gzip").build(), BodyHandlers.ofByteArray());
    }

    private static HttpResponse<String> preflight(String origin) throws Exception {
        return SERVER.send(SERVER.request("/cors2")
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "PUT")
                .header("Access-Control-Request-Headers", "content-type")
                .method("OPTIONS", BodyPublishers.noBody()));
    }
}
