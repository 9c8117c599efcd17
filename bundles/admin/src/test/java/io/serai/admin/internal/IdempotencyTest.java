package io.serai.admin.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.serai.admin.internal.rest.RestRig;
import java.net.http.HttpResponse;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.RuleChain;

public class IdempotencyTest {
    private static final String KEY = "Idempotency-Key";
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
    public void whatIsSentAgainIsDoneOnceAndAnsweredAsTheFirstTime() throws Exception {
        HttpResponse<String> first =
                client.send("PUT", ORDERS, RestClient.channel("orders", "/orders"), KEY, "\"one\"");
        HttpResponse<String> again =
                client.send("PUT", ORDERS, RestClient.channel("orders", "/orders"), KEY, "\"one\"");

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(first.headers().firstValue("Idempotency-Replayed")).isEmpty();
        assertThat(again.statusCode()).isEqualTo(201); // without the key it would be 428
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.headers().firstValue("Idempotency-Replayed")).contains("true");
    }

    @Test
    public void anActionRunsOnce() throws Exception {
        client.upload("/api/v1/artifact/a.txt/content", new byte[] {1});
        HttpResponse<String> first = client.send("POST", "/api/v1/artifact/a.txt/shout", "{}", KEY, "two");
        HttpResponse<String> again = client.send("POST", "/api/v1/artifact/a.txt/shout", "{}", KEY, "two");
        HttpResponse<String> other = client.send("POST", "/api/v1/artifact/a.txt/shout", "{}", KEY, "three");

        assertThat(count(first)).isEqualTo(count(again));
        assertThat(count(other)).isEqualTo(count(first) + 1);
    }

    @Test
    public void aKeyIsForOneRequestOfOneUser() throws Exception {
        client.put(ORDERS, RestClient.channel("orders", "/orders"));
        client.send("DELETE", ORDERS, "", "If-Match", "*", KEY, "gone");

        RestClient.refuses(
                client.send("PUT", ORDERS, RestClient.channel("orders", "/orders"), KEY, "gone"),
                422,
                "take another key");
        HttpResponse<String> viewer =
                admin.send(client.requestAs("viewer", "DELETE", ORDERS, "").header(KEY, "gone"));
        RestClient.refuses(viewer, 403, "may not delete");
        RestClient.refuses(client.send("DELETE", ORDERS, "", KEY, "not visible"), 400, "Idempotency-Key must be");
    }

    @Test
    public void aRefusalMayBeMendedUnderTheSameKey() throws Exception {
        HttpResponse<String> refused =
                client.send("PUT", ORDERS, RestClient.channel("orders", "no slash"), KEY, "four");
        HttpResponse<String> mended = client.send("PUT", ORDERS, RestClient.channel("orders", "/orders"), KEY, "four");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(mended.statusCode()).isEqualTo(201);
    }

    private static int count(HttpResponse<String> answer) throws Exception {
        JsonNode json = RestClient.json(answer);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json.get("calls").asInt();
    }
}
