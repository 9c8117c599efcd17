package io.serai.admin.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.serai.admin.internal.rest.RestRig;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.RuleChain;

public class RestTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ORDERS = "/api/v1/rest-channel/orders";

    private final RestRig rig = new RestRig();
    private final TestAdmin admin = new TestAdmin();

    @Rule
    public final RuleChain rules = RuleChain.outerRule(rig).around(admin);

    @Before
    public void serveTheApi() {
        admin.server().api = rig.api();
    }

    @Test
    public void anObjectIsMadeReadChangedAndRemoved() throws Exception {
        HttpResponse<String> made = put(ORDERS, channel("orders", "/orders"));
        HttpResponse<String> read = get(ORDERS);
        String etag = read.headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> changed = send("PUT", ORDERS, channel("orders", "/orders/{id}"), "If-Match", etag);
        HttpResponse<String> removed = send("DELETE", ORDERS, "", "If-Match", "*");

        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(json(made).at("/objects/0/action").asText()).isEqualTo("created");
        assertThat(json(read).at("/spec/path").asText()).isEqualTo("/orders");
        assertThat(json(read).get("version").asText())
                .isEqualTo(json(made).get("commit").asText());
        assertThat(etag).isEqualTo('"' + json(read).get("etag").asText() + '"');
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(json(changed).at("/objects/0/differences/0").toString())
                .isEqualTo("{\"pointer\":\"/spec/path\",\"before\":\"/orders\",\"after\":\"/orders/{id}\"}");
        assertThat(removed.statusCode()).isEqualTo(200);
        assertThat(get(ORDERS).statusCode()).isEqualTo(404);
    }

    @Test
    public void nobodyOverwritesWhatOthersHaveChanged() throws Exception {
        put(ORDERS, channel("orders", "/orders"));
        String etag = get(ORDERS).headers().firstValue("ETag").orElseThrow();
        send("PUT", ORDERS, channel("orders", "/by-ann"), "If-Match", etag);

        HttpResponse<String> blind = put(ORDERS, channel("orders", "/by-bob"));
        HttpResponse<String> stale = send("PUT", ORDERS, channel("orders", "/by-bob"), "If-Match", etag);
        HttpResponse<String> again = send("PUT", ORDERS, channel("orders", "/by-bob"), "If-None-Match", "*");

        assertThat(blind.statusCode()).isEqualTo(428);
        assertThat(blind.body()).contains("send If-Match");
        assertThat(stale.statusCode()).isEqualTo(412);
        assertThat(json(stale).at("/errors/0/detail").asText()).isEqualTo("was /orders, and is now /by-ann");
        assertThat(again.statusCode()).isEqualTo(412);
        assertThat(send("DELETE", ORDERS, "").statusCode()).isEqualTo(428);
        assertThat(send(
                                "GET",
                                ORDERS,
                                "",
                                "If-None-Match",
                                get(ORDERS).headers().firstValue("ETag").orElseThrow())
                        .statusCode())
                .isEqualTo(304);
    }

    @Test
    public void everythingThatIsWrongIsNamedByPointer() throws Exception {
        HttpResponse<String> refused = put(
                ORDERS,
                "{\"kind\":\"rest-channel\",\"name\":\"orders\",\"spec\":{\"pth\":\"/x\",\"methods\":[\"FETCH\"],\"service\":\"s\"}}");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(json(refused).at("/errors"))
                .extracting(error -> error.get("pointer").asText())
                .containsExactly("/spec/methods/0", "/spec/path", "/spec/pth");
        assertThat(json(refused).at("/errors/2/detail").asText()).contains("did you mean path?");
        refuses(put(ORDERS, "{\"kind\":\"rest-channel\""), 400, "neither YAML nor JSON");
        refuses(put(ORDERS, channel("other", "/x")), 400, "the path is that of rest-channel/orders");
        refuses(put("/api/v1/rest-chanel/orders", channel("orders", "/x")), 400, "the path is that of");
        refuses(get("/api/v1/rest-chanel/orders"), 404, "did you mean rest-channel?");
        refuses(get("/api/v1/rest-channel/order?layr=x"), 400, "did you mean layer?");
        refuses(get("/api/v1/rest-channel/%ff"), 400, "Bad UTF-8");
        refuses(get("/api/v1/rest-channel?limit=%ff"), 400, "The query cannot be decoded");
        refuses(get("/api/v1/rest-channel/..%2f..%2fetc"), 400, "");
        refuses(get("/api/v1/a/b/c/d"), 404, "openapi.json");
        refuses(get("/nothing"), 404, "Nothing is served");
        refuses(send("PATCH", ORDERS, "{}"), 405, "use GET, HEAD, PUT, DELETE, POST");
        refuses(send("PUT", ORDERS, "x", "Content-Type", "text/plain"), 415, "application/json or application/yaml");
        refuses(put(ORDERS, "[".repeat(100_000)), 400, "neither YAML nor JSON");
        refuses(put(ORDERS, " ".repeat(1024 * 1024 + 1)), 413, "1048576 bytes");
    }

    @Test
    public void listsFilterProjectAndPage() throws Exception {
        StringBuilder yaml = new StringBuilder();
        for (int i = 0; i < 25; i++) {
            yaml.append("---\n").append(yaml("channel-" + (10 + i), "/c" + i));
        }
        assertThat(json(send("POST", "/api/v1/apply", yaml.toString(), "Content-Type", "application/yaml"))
                        .get("objects"))
                .hasSize(25);

        JsonNode first = json(get("/api/v1/rest-channel?limit=20&fields=spec.path"));
        JsonNode rest = json(
                get("/api/v1/rest-channel?limit=20&cursor=" + first.get("next").asText()));

        assertThat(first.get("items")).hasSize(20);
        assertThat(first.get("total").asInt()).isEqualTo(25);
        assertThat(first.at("/items/0").toString())
                .isEqualTo("{\"kind\":\"rest-channel\",\"name\":\"channel-10\",\"spec\":{\"path\":\"/c0\"}}");
        assertThat(rest.get("items")).hasSize(5);
        assertThat(rest.has("next")).isFalse();
        assertThat(json(get("/api/v1/rest-channel?filter=spec.path=/c7"))
                        .at("/items/0/name")
                        .asText())
                .isEqualTo("channel-17");
        assertThat(json(get("/api/v1/rest-channel?filter=spec.path~C2&filter=name!=channel-12"))
                        .get("items"))
                .hasSize(5);
        refuses(get("/api/v1/rest-channel?filter=x"), 400, "<field>=<value>");
        refuses(get("/api/v1/rest-channel?limit=0"), 400, "limit must be from 1 to 10000");
        refuses(get("/api/v1/rest-channel?cursor=x"), 400, "cursor");
    }

    @Test
    public void anExportIsAppliedUnchangedAndPruned() throws Exception {
        put(ORDERS, channel("orders", "/orders"));
        put(
                "/api/v1/configuration/com.acme",
                "{\"kind\":\"configuration\",\"name\":\"com.acme\",\"spec\":{\"a\":\"1\"}}");
        upload("/api/v1/artifact/raw.bin/content", new byte[] {0, -1, 7});
        String export = get("/api/v1/export").body();

        JsonNode again = json(send("POST", "/api/v1/apply", export, "Content-Type", "application/yaml"));
        JsonNode pruned = json(send(
                "POST",
                "/api/v1/apply?prune=rest-channel,configuration&dryRun=true",
                yaml("other", "/other"),
                "Content-Type",
                "application/yaml"));

        assertThat(again.get("objects"))
                .extracting(object -> object.get("action").asText())
                .containsExactly("unchanged", "unchanged", "unchanged");
        assertThat(pruned.get("dryRun").asBoolean()).isTrue();
        assertThat(pruned.get("objects"))
                .extracting(object ->
                        object.get("action").asText() + " " + object.get("name").asText())
                .containsExactly("deleted com.acme", "deleted orders", "created other");
        assertThat(get("/api/v1/export").body()).isEqualTo(export);
    }

    @Test
    public void filesGoUpAndDownAsTheyAre() throws Exception {
        byte[] bytes = new byte[3_000_000];
        new Random(1).nextBytes(bytes);

        HttpResponse<String> up = upload("/api/v1/artifact/late.txt/content?wait=all&timeout=1s", bytes);
        HttpResponse<byte[]> down = admin.client.send(
                request("GET", "/api/v1/artifact/late.txt/content", "").build(), BodyHandlers.ofByteArray());

        assertThat(up.statusCode()).isEqualTo(201);
        assertThat(json(up).at("/rollout/silent/0").asText()).isEqualTo("node2");
        assertThat(json(up).at("/rollout/succeeded").asBoolean()).isFalse();
        assertThat(down.body()).isEqualTo(bytes);
        assertThat(json(get("/api/v1/artifact/late.txt")).at("/spec/bytes").asInt())
                .isEqualTo(bytes.length);
        refuses(get("/api/v1/rest-channel/orders/content"), 409, "no file of its own");
    }

    @Test
    public void sessionsAreOpenedUsedAndClosed() throws Exception {
        HttpResponse<String> login = admin.send(HttpRequest.newBuilder(admin.uri("/api/v1/login"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"user\":\"viewer\",\"password\":\"right\"}")));
        String bearer = "Bearer " + json(login).get("token").asText();

        assertThat(json(withToken("GET", "/api/v1/login", bearer)).get("user").asText())
                .isEqualTo("viewer");
        assertThat(withToken("DELETE", "/api/v1/login", bearer).statusCode()).isEqualTo(204);
        HttpResponse<String> closed = withToken("GET", "/api/v1/login", bearer);
        assertThat(closed.statusCode()).isEqualTo(401);
        assertThat(closed.headers().firstValue("WWW-Authenticate")).isPresent();
        assertThat(admin.get("/api/v1/rest-channel").statusCode()).isEqualTo(401);
    }

    @Test
    public void whoMayOnlyReadIsRefusedEveryOperationThatChanges() throws Exception {
        put(ORDERS, channel("orders", "/orders"));
        String head = json(get(ORDERS)).get("version").asText();
        JsonNode paths = json(get("/api/v1/openapi.json")).get("paths");
        List<String> refused = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : paths.properties()) {
            for (String method : List.of("put", "post", "delete")) {
                boolean own = path.getKey().equals("/login");
                if (path.getValue().has(method) && !own) {
                    String url = "/api/v1" + path.getKey().replace("{name}", "orders");
                    String body = path.getKey().endsWith("content") ? "x" : bodyFor(path.getKey());
                    HttpResponse<String> answer =
                            admin.send(requestAs("viewer", method.toUpperCase(Locale.ROOT), url, body)
                                    .header("If-Match", "*"));
                    assertThat(answer.statusCode())
                            .as(method + " " + url + answer.body())
                            .isEqualTo(403);
                    refused.add(method + " " + url);
                }
            }
        }

        assertThat(refused).hasSizeGreaterThan(8);
        assertThat(json(get(ORDERS)).get("version").asText()).isEqualTo(head);
    }

    @Test
    public void actionsAreDoneWithParametersThatFit() throws Exception {
        String shout = "/api/v1/artifact/a.txt/shout";

        assertThat(json(send("POST", shout, "{\"times\":2}")).get("said").asText())
                .isEqualTo("A.TXTA.TXT");
        refuses(send("POST", shout, "{\"times\":9}"), 400, "times");
        refuses(send("POST", shout, "{\"time\":1}"), 400, "did you mean times?");
        refuses(send("POST", shout, "[]"), 400, "not a JSON object");
        refuses(send("POST", "/api/v1/artifact/a.txt/shot", "{}"), 404, "did you mean shout?");
        refuses(send("POST", "/api/v1/artifact/shout", "{}"), 404, "no action 'shout' of the kind artifact as a whole");
    }

    @Test
    public void pagesOfOtherSitesAreRefused() throws Exception {
        refuses(send("PUT", ORDERS, channel("orders", "/x"), "Origin", "https://evil.example"), 403, "other sites");
        refuses(send("GET", ORDERS, "", "Origin", "null"), 403, "other sites");
    }

    @Test
    public void watchersAreToldAndGoOnWhereTheyWere() throws Exception {
        put(ORDERS, channel("orders", "/orders"));
        String since = json(get(ORDERS)).get("version").asText();
        try (BufferedReader events = watch("/api/v1/rest-channel?watch=true", "Accept", "text/event-stream")) {
            assertThat(event(events)).contains("event: ready");
            send("PUT", ORDERS, channel("orders", "/changed"), "If-Match", "*");
            assertThat(event(events)).contains("event: put").contains("/changed");
            assertThat(event(events)).contains("event: version", "id: ");
        }
        send("DELETE", ORDERS, "", "If-Match", "*");
        put("/api/v1/rest-channel/new", channel("new", "/new"));

        try (BufferedReader events = watch("/api/v1/rest-channel?watch=true", "Last-Event-ID", since)) {
            String told = event(events);
            while (!told.contains("event: put") || !told.contains("event: delete")) {
                told += event(events);
            }
            assertThat(told).contains("\"name\":\"new\"", "event: delete", "\"name\":\"orders\"");
        }
        try (BufferedReader events = watch("/api/v1/rest-channel?watch=true", "Last-Event-ID", "f".repeat(40))) {
            assertThat(event(events)).contains("event: reset");
        }
        refuses(get("/api/v1/rest-chanel?watch=true"), 404, "did you mean");
    }

    @Test
    public void randomRequestsAreNeverAnsweredWithAFailureOfTheServer() throws Exception {
        Random random = new Random(42);
        JsonNode paths = json(get("/api/v1/openapi.json")).get("paths");
        List<String> known = new ArrayList<>();
        paths.fieldNames().forEachRemaining(known::add);
        for (int i = 0; i < 1_500; i++) {
            String path =
                    "/api/v1" + known.get(random.nextInt(known.size())).replace("{name}", word(random)) + query(random);
            String method =
                    List.of("GET", "PUT", "POST", "DELETE", "HEAD", "OPTIONS").get(random.nextInt(6));
            String body = body(random);
            HttpResponse<String> answer = admin.send(request(method, path, body)
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
                        channel("orders", "/orders"),
                        channel("orders", "/{"),
                        channel("orders", "x").replace("[\"GET\"]", "7"),
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
            return channel("orders", "/orders");
        }
        if (path.endsWith("shout")) {
            return "{}";
        }
        String kind = path.split("/", -1)[1];
        return "{\"kind\":\"" + kind + "\",\"name\":\"orders\",\"spec\":{}}";
    }

    private BufferedReader watch(String path, String header, String value) throws Exception {
        HttpResponse<InputStream> answer =
                admin.client.send(request("GET", path, "").header(header, value).build(), BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        return new BufferedReader(new InputStreamReader(answer.body(), UTF_8));
    }

    private static String event(BufferedReader events) throws Exception {
        StringBuilder event = new StringBuilder();
        for (String line = events.readLine(); line != null; line = events.readLine()) {
            if (line.isEmpty() && event.length() > 0) {
                return event.toString();
            }
            if (!line.startsWith(":") && !line.isEmpty()) {
                event.append(line).append('\n');
            }
        }
        return event.toString();
    }

    private static String channel(String name, String path) {
        return "{\"kind\":\"rest-channel\",\"name\":\"" + name + "\",\"spec\":{\"path\":\"" + path
                + "\",\"methods\":[\"GET\"],\"service\":\"orders.get\"}}";
    }

    private static String yaml(String name, String path) {
        return "kind: rest-channel\nname: " + name + "\nspec:\n  path: " + path + "\n  methods: [GET]\n  service: s\n";
    }

    private static void refuses(HttpResponse<String> answer, int status, String words) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        JsonNode problem = json(answer);
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(problem.get("detail").asText()).contains(words);
    }

    private static JsonNode json(HttpResponse<String> answer) throws Exception {
        return JSON.readTree(answer.body());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send("GET", path, "");
    }

    private HttpResponse<String> put(String path, String body) throws Exception {
        return send("PUT", path, body);
    }

    private HttpResponse<String> upload(String path, byte[] body) throws Exception {
        return admin.send(request("PUT", path, "").PUT(BodyPublishers.ofByteArray(body)));
    }

    private HttpResponse<String> withToken(String method, String path, String bearer) throws Exception {
        return admin.send(HttpRequest.newBuilder(admin.uri(path))
                .header("Authorization", bearer)
                .method(method, BodyPublishers.noBody()));
    }

    private HttpResponse<String> send(String method, String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = request(method, path, body);
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return admin.send(request);
    }

    private HttpRequest.Builder request(String method, String path, String body) {
        return requestAs("admin", method, path, body);
    }

    private HttpRequest.Builder requestAs(String user, String method, String path, String body) {
        String basic = Base64.getEncoder().encodeToString((user + ":right").getBytes(UTF_8));
        return HttpRequest.newBuilder(admin.uri(path))
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    }
}
