package io.serai.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TestRule;

public class TrustedProxyTest {
    private final GuardedServer guarded = new GuardedServer();

    @Rule
    public final TestRule rules = guarded.chain();

    public TrustedProxyTest() {
        guarded.server.with("proxies_trusted", "127.0.0.1, 192.0.2.0/24");
    }

    private String from(String... forwarded) throws Exception {
        var request = guarded.server.request("/inside");
        for (String value : forwarded) {
            request.header("X-Forwarded-For", value);
        }
        var answer = guarded.server.send(request);
        return answer.statusCode() == 200 ? answer.body() : String.valueOf(answer.statusCode());
    }

    @Test
    public void theLastAddressCountsThatIsNoTrustedProxy() throws Exception {
        guarded.channel("inside", "{addresses: [10.0.0.0/8]}");

        assertThat(from("10.1.2.3")).isEqualTo("nobody [] 10.1.2.3");
        assertThat(from("10.1.2.3, 192.0.2.9")).isEqualTo("nobody [] 10.1.2.3");
        assertThat(from("1.1.1.1", "10.1.2.3")).isEqualTo("nobody [] 10.1.2.3");
        // what the client claims itself stands before what the proxy has added
        assertThat(from("10.1.2.3, 203.0.113.5")).isEqualTo("403");
        assertThat(from("10.1.2.3, unknown")).isEqualTo("403");
        assertThat(from("10.1.2.3, 10.1.2.3:80")).isEqualTo("403");
        assertThat(from()).isEqualTo("403");
    }
}
