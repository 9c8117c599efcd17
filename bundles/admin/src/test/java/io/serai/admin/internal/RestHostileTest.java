package io.serai.admin.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.serai.admin.internal.rest.RestRig;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.RuleChain;

/** What the API is asked that it must not do. */
public class RestHostileTest {
    private static final String ORDERS = "/api/v1/rest-channel/orders";

    private final RestRig rig = new RestRig();
    private final TestAdmin admin = new TestAdmin();
    private final RestClient client = new RestClient(admin);

    @Rule
    public final RuleChain rules = RuleChain.outerRule(rig).around(admin);

    @Before
    public void serveTheApi() {
        admin.server().api = rig.api();
    }

    @Test
    public void everythingThatIsWrongIsNamedByPointer() throws Exception {
        HttpResponse<String> refused = client.put(
                ORDERS,
                "{\"kind\":\"rest-channel\",\"name\":\"orders\",\"spec\":{\"pth\":\"/x\",\"methods\":[\"FETCH\"],\"service\":\"s\"}}");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(RestClient.json(refused).at("/errors"))
                .extracting(error -> error.get("pointer").asText())
                .containsExactly("/spec/methods/0", "/spec/path", "/spec/pth");
        assertThat(RestClient.json(refused).at("/errors/2/detail").asText()).contains("did you mean path?");
        RestClient.refuses(client.put(ORDERS, "{\"kind\":\"rest-channel\""), 400, "neither YAML nor JSON");
        RestClient.refuses(
                client.put(ORDERS, RestClient.channel("other", "/x")), 400, "the path is that of rest-channel/orders");
        RestClient.refuses(
                client.put("/api/v1/rest-chanel/orders", RestClient.channel("orders", "/x")),
                400,
                "the path is that of");
        RestClient.refuses(client.get("/api/v1/rest-chanel/orders"), 404, "did you mean rest-channel?");
        RestClient.refuses(client.get("/api/v1/rest-channel/order?layr=x"), 400, "did you mean layer?");
        RestClient.refuses(client.get("/api/v1/rest-channel/%ff"), 400, "Bad UTF-8");
        RestClient.refuses(client.get("/api/v1/rest-channel?limit=%ff"), 400, "The query cannot be decoded");
        RestClient.refuses(client.get("/api/v1/rest-channel/..%2f..%2fetc"), 400, "");
        RestClient.refuses(client.get("/api/v1/a/b/c/d"), 404, "openapi.json");
        RestClient.refuses(client.get("/nothing"), 404, "Nothing is served");
        RestClient.refuses(client.send("PATCH", ORDERS, "{}"), 405, "use GET, HEAD, PUT, DELETE, POST");
        RestClient.refuses(
                client.send("PUT", ORDERS, "x", "Content-Type", "text/plain"),
                415,
                "application/json or application/yaml");
        RestClient.refuses(client.put(ORDERS, "[".repeat(100_000)), 400, "neither YAML nor JSON");
        RestClient.refuses(client.put(ORDERS, " ".repeat(1024 * 1024 + 1)), 413, "1048576 bytes");
    }

    @Test
    public void whoMayOnlyReadIsRefusedEveryOperationThatChanges() throws Exception {
        client.put(ORDERS, RestClient.channel("orders", "/orders"));
        String head = RestClient.json(client.get(ORDERS)).get("version").asText();
        JsonNode paths = RestClient.json(client.get("/api/v1/openapi.json")).get("paths");
        List<String> refused = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : paths.properties()) {
            for (String method : List.of("put", "post", "delete")) {
                boolean own = path.getKey().equals("/login");
                if (path.getValue().has(method) && !own) {
                    String url = "/api/v1" + path.getKey().replace("{name}", "orders");
                    String body = path.getKey().endsWith("content") ? "x" : bodyFor(path.getKey());
                    HttpResponse<String> answer =
                            admin.send(client.requestAs("viewer", method.toUpperCase(Locale.ROOT), url, body)
                                    .header("If-Match", "*"));
                    assertThat(answer.statusCode())
                            .as(method + " " + url + answer.body())
                            .isEqualTo(403);
                    refused.add(method + " " + url);
                }
            }
        }

        assertThat(refused).hasSizeGreaterThan(8);
        assertThat(RestClient.json(client.get(ORDERS)).get("version").asText()).isEqualTo(head);
    }

    @Test
    public void pagesOfOtherSitesAreRefused() throws Exception {
        RestClient.refuses(
                client.send("PUT", ORDERS, RestClient.channel("orders", "/x"), "Origin", "https://evil.example"),
                403,
                "other sites");
        RestClient.refuses(client.send("GET", ORDERS, "", "Origin", "null"), 403, "other sites");
    }

    @Test
    public void randomRequestsAreNeverAnsweredWithAFailureOfTheServer() throws Exception {
        Random random = new Random(42);
        JsonNode paths = RestClient.json(client.get("/api/v1/openapi.json")).get("paths");
        List<String> known = new ArrayList<>();
        paths.fieldNames().forEachRemaining(known::add);
        for (int i = 0; i < 1_500; i++) {
            String path =
                    "/api/v1" + known.get(random.nextInt(known.size())).replace("{name}", word(random)) + query(random);
            String method =
                    List.of("GET", "PUT", "POST", "DELETE", "HEAD", "OPTIONS").get(random.nextInt(6));
            String body = body(random);
            HttpResponse<String> answer = admin.send(client.request(method, path, body)
                    .header("If-Match", random.nextBoolean() ? "*" : "\"" + word(random) + "\""));
            assertThat(answer.statusCode())
                    .as("%d: %s %s %s: %s", i, method, path, body, answer.body())
                    .isLessThan(500);
            assertThat(answer.body()).doesNotContain("Exception", "\tat ");
        }
    }

    private static String word(Random random) {
        return List.of(
                        "orders",
                        "a.txt",
                        "%00",
                        "..%2f",
                        "a%20b",
                        "%F0%9F%98%80",
                        "-",
                        "x".repeat(300),
                        "%0d%0aX:1",
                        "features")
                .get(random.nextInt(10));
    }

    private static String query(Random random) {
        return List.of(
                        "",
                        "",
                        "?layer=groups/a",
                        "?layer=..",
                        "?dryRun=true",
                        "?dryRun=x",
                        "?limit=-1",
                        "?fields=a.b.c,,",
                        "?filter=a=b",
                        "?wait=all&timeout=1ms",
                        "?timeout=99999999999m",
                        "?prune=artifact,nothing",
                        "?kinds=x",
                        "?cursor=%00",
                        "?%ff=1",
                        "?unknown")
                .get(random.nextInt(16));
    }

    private static String body(Random random) {
        return List.of(
                        "",
                        "{}",
                        "[]",
                        "null",
                        "\"\\u0000\"",
                        RestClient.channel("orders", "/orders"),
                        RestClient.channel("orders", "/{"),
                        RestClient.channel("orders", "x").replace("[\"GET\"]", "7"),
                        "kind: artifact\nname: a.txt\nspec: {base64: '!'}",
                        "{\"kind\":\"artifact\",\"name\":\"a.txt\",\"spec\":{\"text\":\"" + random.nextInt() + "\"}}",
                        "{\"times\":1e999}",
                        "{\"times\":-0}",
                        "---\n---\n",
                        "a: &a [*a]",
                        "\ufeff{}")
                .get(random.nextInt(15));
    }

    private String bodyFor(String path) {
        if (path.equals("/apply") || path.startsWith("/rest-channel")) {
            return RestClient.channel("orders", "/orders");
        }
        if (path.endsWith("shout")) {
            return "{}";
        }
        String kind = path.split("/", -1)[1];
        return "{\"kind\":\"" + kind + "\",\"name\":\"orders\",\"spec\":{}}";
    }
}
