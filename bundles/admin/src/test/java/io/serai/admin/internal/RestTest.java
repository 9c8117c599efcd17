package io.serai.admin.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.serai.admin.internal.rest.RestRig;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Random;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.RuleChain;

public class RestTest {
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
    public void anObjectIsMadeReadChangedAndRemoved() throws Exception {
        HttpResponse<String> made = client.put(ORDERS, RestClient.channel("orders", "/orders"));
        HttpResponse<String> read = client.get(ORDERS);
        String etag = read.headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> changed =
                client.send("PUT", ORDERS, RestClient.channel("orders", "/orders/{id}"), "If-Match", etag);
        HttpResponse<String> removed = client.send("DELETE", ORDERS, "", "If-Match", "*");

        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(RestClient.json(made).at("/objects/0/action").asText()).isEqualTo("created");
        assertThat(RestClient.json(read).at("/spec/path").asText()).isEqualTo("/orders");
        assertThat(RestClient.json(read).get("version").asText())
                .isEqualTo(RestClient.json(made).get("commit").asText());
        assertThat(etag).isEqualTo('"' + RestClient.json(read).get("etag").asText() + '"');
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(RestClient.json(changed).at("/objects/0/differences/0").toString())
                .isEqualTo("{\"pointer\":\"/spec/path\",\"before\":\"/orders\",\"after\":\"/orders/{id}\"}");
        assertThat(removed.statusCode()).isEqualTo(200);
        assertThat(client.get(ORDERS).statusCode()).isEqualTo(404);
    }

    @Test
    public void nobodyOverwritesWhatOthersHaveChanged() throws Exception {
        client.put(ORDERS, RestClient.channel("orders", "/orders"));
        String etag = client.get(ORDERS).headers().firstValue("ETag").orElseThrow();
        client.send("PUT", ORDERS, RestClient.channel("orders", "/by-ann"), "If-Match", etag);

        HttpResponse<String> blind = client.put(ORDERS, RestClient.channel("orders", "/by-bob"));
        HttpResponse<String> stale =
                client.send("PUT", ORDERS, RestClient.channel("orders", "/by-bob"), "If-Match", etag);
        HttpResponse<String> again =
                client.send("PUT", ORDERS, RestClient.channel("orders", "/by-bob"), "If-None-Match", "*");

        assertThat(blind.statusCode()).isEqualTo(428);
        assertThat(blind.body()).contains("send If-Match");
        assertThat(stale.statusCode()).isEqualTo(412);
        assertThat(RestClient.json(stale).at("/errors/0/detail").asText()).isEqualTo("was /orders, and is now /by-ann");
        assertThat(again.statusCode()).isEqualTo(412);
        assertThat(client.send("DELETE", ORDERS, "").statusCode()).isEqualTo(428);
        assertThat(client.send(
                                "GET",
                                ORDERS,
                                "",
                                "If-None-Match",
                                client.get(ORDERS).headers().firstValue("ETag").orElseThrow())
                        .statusCode())
                .isEqualTo(304);
    }

    @Test
    public void listsFilterProjectAndPage() throws Exception {
        StringBuilder yaml = new StringBuilder();
        for (int i = 0; i < 25; i++) {
            yaml.append("---\n").append(RestClient.yaml("channel-" + (10 + i), "/c" + i));
        }
        assertThat(RestClient.json(client.send(
                                "POST", "/api/v1/apply", yaml.toString(), "Content-Type", "application/yaml"))
                        .get("objects"))
                .hasSize(25);

        JsonNode first = RestClient.json(client.get("/api/v1/rest-channel?limit=20&fields=spec.path"));
        JsonNode rest = RestClient.json(client.get(
                "/api/v1/rest-channel?limit=20&cursor=" + first.get("next").asText()));

        assertThat(first.get("items")).hasSize(20);
        assertThat(first.get("total").asInt()).isEqualTo(25);
        assertThat(first.at("/items/0").toString())
                .isEqualTo("{\"kind\":\"rest-channel\",\"name\":\"channel-10\",\"spec\":{\"path\":\"/c0\"}}");
        assertThat(rest.get("items")).hasSize(5);
        assertThat(rest.has("next")).isFalse();
        assertThat(RestClient.json(client.get("/api/v1/rest-channel?filter=spec.path=/c7"))
                        .at("/items/0/name")
                        .asText())
                .isEqualTo("channel-17");
        assertThat(RestClient.json(client.get("/api/v1/rest-channel?filter=spec.path~C2&filter=name!=channel-12"))
                        .get("items"))
                .hasSize(5);
        RestClient.refuses(client.get("/api/v1/rest-channel?filter=x"), 400, "<field>=<value>");
        RestClient.refuses(client.get("/api/v1/rest-channel?limit=0"), 400, "limit must be from 1 to 10000");
        RestClient.refuses(client.get("/api/v1/rest-channel?cursor=x"), 400, "cursor");
    }

    @Test
    public void anExportIsAppliedUnchangedAndPruned() throws Exception {
        client.put(ORDERS, RestClient.channel("orders", "/orders"));
        client.put(
                "/api/v1/configuration/com.acme",
                "{\"kind\":\"configuration\",\"name\":\"com.acme\",\"spec\":{\"a\":\"1\"}}");
        client.upload("/api/v1/artifact/raw.bin/content", new byte[] {0, -1, 7});
        String export = client.get("/api/v1/export").body();

        JsonNode again =
                RestClient.json(client.send("POST", "/api/v1/apply", export, "Content-Type", "application/yaml"));
        JsonNode pruned = RestClient.json(client.send(
                "POST",
                "/api/v1/apply?prune=rest-channel,configuration&dryRun=true",
                RestClient.yaml("other", "/other"),
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
        assertThat(client.get("/api/v1/export").body()).isEqualTo(export);
    }

    @Test
    public void filesGoUpAndDownAsTheyAre() throws Exception {
        byte[] bytes = new byte[3_000_000];
        new Random(1).nextBytes(bytes);

        HttpResponse<String> up = client.upload("/api/v1/artifact/late.txt/content?wait=all&timeout=1s", bytes);
        HttpResponse<byte[]> down = admin.client.send(
                client.request("GET", "/api/v1/artifact/late.txt/content", "").build(), BodyHandlers.ofByteArray());

        assertThat(up.statusCode()).isEqualTo(201);
        assertThat(RestClient.json(up).at("/rollout/silent/0").asText()).isEqualTo("node2");
        assertThat(RestClient.json(up).at("/rollout/succeeded").asBoolean()).isFalse();
        assertThat(down.body()).isEqualTo(bytes);
        assertThat(RestClient.json(client.get("/api/v1/artifact/late.txt"))
                        .at("/spec/bytes")
                        .asInt())
                .isEqualTo(bytes.length);
        RestClient.refuses(client.get("/api/v1/rest-channel/orders/content"), 409, "no file of its own");
    }

    @Test
    public void sessionsAreOpenedUsedAndClosed() throws Exception {
        HttpResponse<String> login = admin.send(HttpRequest.newBuilder(admin.uri("/api/v1/login"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"user\":\"viewer\",\"password\":\"right\"}")));
        String bearer = "Bearer " + RestClient.json(login).get("token").asText();

        assertThat(RestClient.json(client.withToken("GET", "/api/v1/login", bearer))
                        .get("user")
                        .asText())
                .isEqualTo("viewer");
        assertThat(client.withToken("DELETE", "/api/v1/login", bearer).statusCode())
                .isEqualTo(204);
        HttpResponse<String> closed = client.withToken("GET", "/api/v1/login", bearer);
        assertThat(closed.statusCode()).isEqualTo(401);
        assertThat(closed.headers().firstValue("WWW-Authenticate")).isPresent();
        assertThat(admin.get("/api/v1/rest-channel").statusCode()).isEqualTo(401);
    }

    @Test
    public void theTokenOfAProviderIsExchangedForASessionAndNoOther() throws Exception {
        HttpResponse<String> exchanged = exchange("{\"token\":\"of-a-provider\"}");
        assertThat(RestClient.json(exchanged).get("user").asText()).isEqualTo("mia");

        String session = RestClient.json(exchanged).get("token").asText();
        RestClient.refuses(exchange("{\"token\":\"" + session + "\"}"), 400, "Only the token of an OpenID provider");
        RestClient.refuses(exchange("{\"token\":\"nonsense\"}"), 401, "not valid");
        RestClient.refuses(exchange("{\"user\":\"viewer\"}"), 400, "or the text token alone");
    }

    private HttpResponse<String> exchange(String body) throws Exception {
        return admin.send(HttpRequest.newBuilder(admin.uri("/api/v1/login"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    @Test
    public void actionsAreDoneWithParametersThatFit() throws Exception {
        String shout = "/api/v1/artifact/a.txt/shout";

        assertThat(RestClient.json(client.send("POST", shout, "{\"times\":2}"))
                        .get("said")
                        .asText())
                .isEqualTo("A.TXTA.TXT");
        RestClient.refuses(client.send("POST", shout, "{\"times\":9}"), 400, "times");
        RestClient.refuses(client.send("POST", shout, "{\"time\":1}"), 400, "did you mean times?");
        RestClient.refuses(client.send("POST", shout, "[]"), 400, "not a JSON object");
        RestClient.refuses(client.send("POST", "/api/v1/artifact/a.txt/shot", "{}"), 404, "did you mean shout?");
        RestClient.refuses(
                client.send("POST", "/api/v1/artifact/shout", "{}"),
                404,
                "no action 'shout' of the kind artifact as a whole");
    }
}
