package io.serai.admin.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.serai.admin.internal.rest.RestRig;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.RuleChain;

public class WatchTest {
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
    public void watchersAreToldAndGoOnWhereTheyWere() throws Exception {
        client.put(ORDERS, RestClient.channel("orders", "/orders"));
        String since = RestClient.json(client.get(ORDERS)).get("version").asText();
        try (BufferedReader events = watch("/api/v1/rest-channel?watch=true", "Accept", "text/event-stream")) {
            assertThat(event(events)).contains("event: ready");
            client.send("PUT", ORDERS, RestClient.channel("orders", "/changed"), "If-Match", "*");
            assertThat(event(events)).contains("event: put").contains("/changed");
            assertThat(event(events)).contains("event: version", "id: ");
        }
        client.send("DELETE", ORDERS, "", "If-Match", "*");
        client.put("/api/v1/rest-channel/new", RestClient.channel("new", "/new"));

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
        RestClient.refuses(client.get("/api/v1/rest-chanel?watch=true"), 404, "did you mean");
    }

    @Test
    public void watchersAreToldWhatNoCommitTellsOf() throws Exception {
        rig.observed("paris", "sunny");
        rig.observed("rome", "hot");
        try (BufferedReader events = watch("/api/v1/weather?watch=true", "Accept", "text/event-stream")) {
            assertThat(event(events)).contains("event: ready");
            rig.observed("paris", "rainy");
            assertThat(event(events)).contains("event: put", "\"name\":\"paris\"", "rainy");
            rig.observed("rome", "");
            rig.observed("oslo", "cold");
            String told = event(events) + event(events);
            assertThat(told).contains("event: put", "oslo", "event: delete", "\"name\":\"rome\"");
        }
        try (BufferedReader events = watch("/api/v1/weather?watch=true", "Last-Event-ID", "f".repeat(40))) {
            assertThat(event(events)).contains("event: reset");
        }
    }

    private BufferedReader watch(String path, String header, String value) throws Exception {
        HttpResponse<InputStream> answer = admin.client.send(
                client.request("GET", path, "").header(header, value).build(), BodyHandlers.ofInputStream());
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
}
