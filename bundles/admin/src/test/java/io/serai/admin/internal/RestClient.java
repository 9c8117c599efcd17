package io.serai.admin.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Base64;

/** A client of the API, as administrator unless another user is named. */
final class RestClient {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TestAdmin admin;

    RestClient(TestAdmin admin) {
        this.admin = admin;
    }

    HttpResponse<String> get(String path) throws Exception {
        return send("GET", path, "");
    }

    HttpResponse<String> put(String path, String body) throws Exception {
        return send("PUT", path, body);
    }

    HttpResponse<String> upload(String path, byte[] body) throws Exception {
        return admin.send(request("PUT", path, "").PUT(BodyPublishers.ofByteArray(body)));
    }

    HttpResponse<String> withToken(String method, String path, String bearer) throws Exception {
        return admin.send(HttpRequest.newBuilder(admin.uri(path))
                .header("Authorization", bearer)
                .method(method, BodyPublishers.noBody()));
    }

    HttpResponse<String> send(String method, String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = request(method, path, body);
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return admin.send(request);
    }

    HttpRequest.Builder request(String method, String path, String body) {
        return requestAs("admin", method, path, body);
    }

    HttpRequest.Builder requestAs(String user, String method, String path, String body) {
        String basic = Base64.getEncoder().encodeToString((user + ":right").getBytes(UTF_8));
        return HttpRequest.newBuilder(admin.uri(path))
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    }

    static void refuses(HttpResponse<String> answer, int status, String words) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        JsonNode problem = json(answer);
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(problem.get("detail").asText()).contains(words);
    }

    static JsonNode json(HttpResponse<String> answer) throws Exception {
        return JSON.readTree(answer.body());
    }

    static String channel(String name, String path) {
        return "{\"kind\":\"rest-channel\",\"name\":\"" + name + "\",\"spec\":{\"path\":\"" + path
                + "\",\"methods\":[\"GET\"],\"service\":\"orders.get\"}}";
    }

    static String yaml(String name, String path) {
        return "kind: rest-channel\nname: " + name + "\nspec:\n  path: " + path + "\n  methods: [GET]\n  service: s\n";
    }
}
