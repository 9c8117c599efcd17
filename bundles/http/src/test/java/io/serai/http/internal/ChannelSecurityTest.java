package io.serai.http.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TestRule;

public class ChannelSecurityTest {
    private static final String PASSWORD = "correct horse battery";

    private final GuardedServer guarded = new GuardedServer();

    @Rule
    public final TestRule rules = guarded.chain();

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        var request = guarded.server.request(path);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return guarded.server.send(request);
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    public void aChannelOfPasswordsTellsTheServiceWhoCalls() throws Exception {
        guarded.credential("acme", Map.of("type", "basic", "password", PASSWORD, "groups", List.of("partners")));
        guarded.channel("orders", "{credentials: [acme]}");

        HttpResponse<String> right = get("/orders", "Authorization", basic("acme:" + PASSWORD));
        HttpResponse<String> wrong = get("/orders", "Authorization", basic("acme:" + PASSWORD + "!"));
        HttpResponse<String> unknown = get("/orders", "Authorization", basic("nobody:" + PASSWORD));
        HttpResponse<String> none = get("/orders");

        assertThat(right.statusCode()).isEqualTo(200);
        assertThat(right.body()).startsWith("acme [partners] 127.0.0.1:");
        for (HttpResponse<String> refused : List.of(wrong, unknown, none)) {
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.headers().allValues("WWW-Authenticate"))
                    .containsExactly("Basic realm=\"serai\", charset=\"UTF-8\"");
            assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
            assertThat(refused.body()).contains("/errors/unauthenticated", "needs a credential that counts");
        }
    }

    @Test
    public void neitherAWrongHeaderNorAnUnknownSchemeIsAFaultOfTheServer() throws Exception {
        guarded.credential("acme", Map.of("type", "basic", "password", PASSWORD));
        guarded.channel("orders", "{credentials: [acme]}");

        for (String header :
                List.of("", "Basic", "Basic !!!", "Basic " + "QQ==", "Digest x", "Bearer ", "x".repeat(9000))) {
            assertThat(get("/orders", "Authorization", header).statusCode())
                    .as(header)
                    .isEqualTo(401);
        }
    }

    @Test
    public void aPasswordThatWasVerifiedIsNotHashedAgain() throws Exception {
        guarded.credential("acme", Map.of("type", "basic", "password", PASSWORD));
        guarded.channel("orders", "{credentials: [acme]}");
        String header = basic("acme:" + PASSWORD);
        get("/orders", "Authorization", header);

        long start = System.nanoTime();
        for (int i = 0; i < 200; i++) {
            assertThat(get("/orders", "Authorization", header).statusCode()).isEqualTo(200);
        }
        long took = System.nanoTime() - start;

        // 200 hashes of 19 MiB take seconds on any machine
        assertThat(took / 1_000_000).isLessThan(2_000);
    }

    @Test
    public void whatHasChangedCountsNoMoreOnConnectionsThatAreOpen() throws Exception {
        guarded.credential("acme", Map.of("type", "basic", "password", PASSWORD));
        guarded.channel("orders", "{credentials: [acme]}");
        String header = basic("acme:" + PASSWORD);
        assertThat(get("/orders", "Authorization", header).statusCode()).isEqualTo(200);

        guarded.credential("acme", Map.of("type", "basic", "password", "another one, longer"));
        assertThat(get("/orders", "Authorization", header).statusCode()).isEqualTo(401);
        String other = basic("acme:another one, longer");
        assertThat(get("/orders", "Authorization", other).statusCode()).isEqualTo(200);

        guarded.credential("acme", Map.of("type", "basic", "disabled", true));
        assertThat(get("/orders", "Authorization", other).statusCode()).isEqualTo(401);
        guarded.credential("acme", Map.of("type", "basic", "disabled", false));
        assertThat(get("/orders", "Authorization", other).statusCode()).isEqualTo(200);

        guarded.credential(
                "acme",
                Map.of("type", "basic", "expires", Instant.now().minusSeconds(1).toString()));
        assertThat(get("/orders", "Authorization", other).statusCode()).isEqualTo(401);

        guarded.remove("acme");
        assertThat(get("/orders", "Authorization", other).statusCode()).isEqualTo(401);
    }

    @Test
    public void aKeyIsMadeAndCountsUntilTheNextOneIs() throws Exception {
        String key = guarded.key("scanner", Map.of("groups", List.of("devices")));
        guarded.channel("scans", "{groups: [devices]}");

        assertThat(get("/scans", "X-API-Key", key).body()).startsWith("scanner [devices]");
        assertThat(get("/scans", "x-api-key", key).statusCode()).isEqualTo(200);
        assertThat(get("/scans", "X-API-Key", key.substring(0, key.length() - 1) + "_")
                        .statusCode())
                .isEqualTo(401);
        assertThat(get("/scans", "X-API-Key", key + "x").statusCode()).isEqualTo(401);
        assertThat(get("/scans", "Authorization", key).statusCode()).isEqualTo(401);

        String next = guarded.key("scanner", Map.of());
        assertThat(get("/scans", "X-API-Key", key).statusCode()).isEqualTo(401);
        assertThat(get("/scans", "X-API-Key", next).body()).startsWith("scanner [devices]");
    }

    @Test
    public void whoIsKnownAndHasNoRightIsForbidden() throws Exception {
        String key = guarded.key("scanner", Map.of("groups", List.of("devices")));
        guarded.key("other", Map.of("groups", List.of("partners")));
        guarded.channel("orders", "{groups: [partners]}");

        HttpResponse<String> answer = get("/orders", "X-API-Key", key);

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).isEmpty();
        await().until(() -> !guarded.audited.isEmpty());
        assertThat(guarded.audited)
                .extracting("user", "object")
                .contains(org.assertj.core.api.Assertions.tuple("scanner", "rest-channel/orders"));
    }

    @Test
    public void addressesAreHeldToTheirRanges() throws Exception {
        guarded.channel("here", "{addresses: [127.0.0.0/8, \"::1\"]}");
        guarded.channel("there", "{addresses: [10.0.0.0/8]}");

        assertThat(get("/here").body()).startsWith("nobody [] 127.0.0.1:");
        assertThat(get("/there").statusCode()).isEqualTo(403);
        // nobody here is trusted to say where it comes from
        assertThat(get("/there", "X-Forwarded-For", "10.1.2.3").statusCode()).isEqualTo(403);
    }

    @Test
    public void manyWrongPasswordsMakeTheAddressWaitButNotThoseWhoAreKnown() throws Exception {
        guarded.credential("acme", Map.of("type", "basic", "password", PASSWORD));
        String key = guarded.key("scanner", Map.of());
        guarded.channel("orders", "{credentials: [acme, scanner]}");
        String right = basic("acme:" + PASSWORD);
        get("/orders", "Authorization", right);

        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            statuses.add(
                    get("/orders", "Authorization", basic("acme:wrong " + i)).statusCode());
        }

        assertThat(statuses.subList(0, 10)).containsOnly(401);
        assertThat(statuses.subList(10, 12)).containsOnly(429);
        HttpResponse<String> closed = get("/orders", "Authorization", basic("acme:wrong"));
        assertThat(closed.headers().firstValue("Retry-After")).contains("60");
        assertThat(get("/orders", "Authorization", right).statusCode()).isEqualTo(200);
        assertThat(get("/orders", "X-API-Key", key).statusCode()).isEqualTo(200);
        await().until(() ->
                guarded.audited.stream().anyMatch(event -> event.object().equals("rest-channel/orders")));
        assertThat(guarded.audited.stream().filter(event -> event.action().equals("call")))
                .hasSize(1);
    }
}
