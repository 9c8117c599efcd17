package io.serai.http.internal.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serai.api.access.Admission;
import io.serai.api.deploy.Artifact;
import io.serai.api.deploy.DeploymentException;
import io.serai.api.state.BlobId;
import io.serai.api.state.Content;
import io.serai.api.state.StatePath;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.junit.Test;

public class RestChannelsTest {
    private static final StatePath PATH = new StatePath("objects/rest-channel/orders.yaml");
    private static final String GOOD =
            """
            kind: rest-channel
            name: orders
            spec:
              path: /orders/{id}
              methods: [GET, PUT]
              service: orders.get
              timeout: 500ms
              maxBytes: 1000
              accepts: [application/xml]
              cors:
                origins: ["https://app.example.com"]
            """;

    private final ChannelTable table = new ChannelTable();
    private final RestChannels channels =
            new RestChannels(table, TestCodec.create(), rules -> visit -> Admission.ANYBODY);

    @Test
    public void takesOnlyFilesOfItsFolder() {
        assertThat(channels.handles(PATH)).isTrue();
        assertThat(channels.handles(new StatePath("objects/rest-channel/a/b.yaml")))
                .isFalse();
        assertThat(channels.handles(new StatePath("objects/topic/orders.yaml"))).isFalse();
    }

    @Test
    public void servesEachMethodBeforeTheServiceIsThere() throws Exception {
        String message = channels.apply(artifact(GOOD));

        assertThat(message).isEqualTo("channel GET /orders/{id}, PUT /orders/{id} to service orders.get");
        Channel channel =
                (Channel) Objects.requireNonNull(table.find("PUT", "/orders/1")).value();
        assertThat(channel.service().plan()).isNull();
        assertThat(channel.options().timeout()).hasValue(Duration.ofMillis(500));
        assertThat(channel.options().maxBytes()).hasValue(1000);
        assertThat(channel.options().cors().orElseThrow().allows("https://app.example.com"))
                .isTrue();
    }

    @Test
    public void replacesAndRemoves() throws Exception {
        channels.apply(artifact(GOOD));
        channels.apply(artifact(GOOD.replace("[GET, PUT]", "[GET]")));
        assertThat(table.methods("/orders/1")).containsExactly("GET");

        channels.remove(PATH);
        channels.remove(PATH);
        assertThat(table.methods("/orders/1")).isEmpty();
    }

    @Test
    public void leavesNothingBehindWhenItGoes() throws Exception {
        channels.apply(artifact(GOOD));

        channels.withdraw();

        assertThat(table.channels()).isEmpty();
    }

    @Test
    public void aConflictNamesBothAndChangesNothing() throws Exception {
        channels.apply(artifact(GOOD));
        StatePath other = new StatePath("objects/rest-channel/other.yaml");
        String yaml = GOOD.replace("name: orders", "name: other").replace("[GET, PUT]", "[POST, GET]");

        assertThatThrownBy(() -> channels.apply(new Artifact(other, blob(), content(yaml))))
                .isInstanceOf(DeploymentException.class)
                .hasMessageContainingAll("GET /orders/{id}", other.value(), PATH.value());
        assertThat(table.methods("/orders/1")).containsExactly("GET", "PUT");
    }

    @Test
    public void namesLineAndFieldOfWhatIsWrong() {
        refuses(GOOD.replace("methods", "method"), "spec.method is no field here; did you mean methods?");
        refuses(GOOD.replace("[GET, PUT]", "[FETCH]"), ":5:13: spec.methods.0 must be one of GET");
        refuses(GOOD.replace("/orders/{id}", "orders"), ":4:9: spec.path must match the pattern");
        refuses(GOOD.replace("/orders/{id}", "/orders/{id"), ":4:9: spec.path is wrong");
        refuses(GOOD.replace("500ms", "soon"), ":7:12: spec.timeout must match the pattern");
        refuses(GOOD.replace("500ms", "9999m"), ":7:12: spec.timeout is wrong: it must be more than nothing");
        refuses(GOOD.replace("1000", "many"), ":8:13: spec.maxBytes must be of type integer");
        refuses(GOOD.replace("  service: orders.get\n", ""), "spec.service is missing; add it");
        refuses(GOOD.replace("https://app.example.com", "app"), "spec.cors is wrong: 'app' is not an origin");
        refuses(GOOD + "  path: /x\n", "has path twice");
        refuses(
                GOOD + "  security: {addresses: [10.0.0.1/8]}\n",
                ":12:25: spec.security.addresses is wrong: '10.0.0.1/8' has bits beyond its first 8");
        refuses(GOOD + "  security: {}\n", "spec.security");
    }

    private void refuses(String yaml, String message) {
        assertThatThrownBy(() -> channels.apply(artifact(yaml)))
                .isInstanceOf(DeploymentException.class)
                .hasMessageStartingWith(PATH.value())
                .hasMessageContaining(message);
    }

    private static Artifact artifact(String yaml) {
        return new Artifact(PATH, blob(), content(yaml));
    }

    private static BlobId blob() {
        return new BlobId("0".repeat(40));
    }

    private static Content content(String yaml) {
        return Content.of(yaml.getBytes(StandardCharsets.UTF_8));
    }
}
