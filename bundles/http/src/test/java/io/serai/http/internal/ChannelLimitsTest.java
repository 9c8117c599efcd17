package io.serai.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TestRule;

public class ChannelLimitsTest {
    private final GuardedServer guarded = new GuardedServer();

    @Rule
    public final TestRule rules = guarded.chain();

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        var request = guarded.server.request(path);
        return guarded.server.send(headers.length > 0 ? request.headers(headers) : request);
    }

    @Test
    public void tellsWhatIsLeftAndRefusesWhenNothingIs() throws Exception {
        guarded.limit("slow", Map.of("requests", 60L, "per", "hour", "burst", 3L));
        guarded.channelOf("orders", "limits: [slow]");

        HttpResponse<String> first = get("/orders");
        get("/orders");
        HttpResponse<String> last = get("/orders");
        HttpResponse<String> refused = get("/orders");

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.headers().firstValue("RateLimit-Policy")).contains("\"slow\";q=60;w=3600");
        assertThat(first.headers().firstValue("RateLimit")).contains("\"slow\";r=2;t=60");
        assertThat(last.headers().firstValue("RateLimit")).contains("\"slow\";r=0;t=180");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).contains("60");
        assertThat(refused.headers().firstValue("RateLimit").orElse("")).startsWith("\"slow\";r=0;t=");
        assertThat(refused.body()).contains("/errors/too-many-requests", "The limit slow is reached");
    }

    @Test
    public void callersAreCountedForThemselvesAndChannelsTogether() throws Exception {
        guarded.limit("two", Map.of("requests", 2L, "per", "day"));
        String one = guarded.key("one", Map.of("groups", List.of("all")));
        String other = guarded.key("other", Map.of("groups", List.of("all")));
        guarded.channelOf("a", "security: {groups: [all]}\n  limits: [two]");
        guarded.channelOf("b", "limits: [two]\n  security: {groups: [all]}");

        assertThat(get("/a", "X-API-Key", one).statusCode()).isEqualTo(200);
        assertThat(get("/b", "X-API-Key", one).statusCode()).isEqualTo(200);
        assertThat(get("/a", "X-API-Key", one).statusCode()).isEqualTo(429);
        assertThat(get("/a", "X-API-Key", other).statusCode()).isEqualTo(200);
        // who is refused for another reason uses nothing up
        assertThat(get("/a").statusCode()).isEqualTo(401);
    }

    @Test
    public void aLimitOfTheCallerHoldsOnEveryChannelAndTakesNothingOfOthersWhenItRefuses() throws Exception {
        guarded.limit("wide", Map.of("requests", 10L, "per", "day", "by", List.of("channel")));
        guarded.limit("once", Map.of("quota", 1L, "quotaPer", "month"));
        guarded.credential("acme", Map.of("type", "api-key", "limits", List.of("once")));
        String acme = guarded.key("acme", Map.of());
        String other = guarded.key("other", Map.of());
        guarded.channelOf("orders", "limits: [wide]\n  security: {credentials: [acme, other]}");

        assertThat(get("/orders", "X-API-Key", acme).statusCode()).isEqualTo(200);
        for (int i = 0; i < 20; i++) {
            HttpResponse<String> refused = get("/orders", "X-API-Key", acme);
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValue("RateLimit-Policy")).contains("\"once\";q=1;w=2678400");
        }

        assertThat(get("/orders", "X-API-Key", other)
                        .headers()
                        .firstValue("RateLimit")
                        .orElse(""))
                .startsWith("\"wide\";r=8;t=");
    }
}
