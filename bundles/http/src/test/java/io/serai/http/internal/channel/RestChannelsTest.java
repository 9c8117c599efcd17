package io.serai.http.internal.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.serai.api.deploy.Artifact;
import io.serai.api.deploy.DeploymentException;
import io.serai.api.state.BlobId;
import io.serai.api.state.Content;
import io.serai.api.state.StateException;
import io.serai.api.state.StatePath;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
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
    private final RestChannels channels = new RestChannels(table);

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
        refuses("kind: x\nname: orders", ":1:7: kind must be rest-channel");
        refuses(GOOD.replace("name: orders", "name: order"), ":2:7: name must be 'orders'");
        refuses(GOOD.replace("methods", "method"), "spec.method is not a key");
        refuses(GOOD.replace("[GET, PUT]", "[FETCH]"), ":5:12: spec.methods is wrong: 'FETCH'");
        refuses(GOOD.replace("/orders/{id}", "orders"), ":4:9: spec.path is wrong");
        refuses(GOOD.replace("500ms", "soon"), ":7:12: spec.timeout must be a duration");
        refuses(GOOD.replace("1000", "many"), ":8:13: spec.maxBytes must be a whole number");
        refuses(GOOD.replace("service: orders.get", "service: "), "spec.service must be a value");
        refuses(GOOD.replace("  service: orders.get\n", ""), "spec.service is missing");
        refuses(GOOD.replace("https://app.example.com", "app"), "spec.cors is wrong: 'app' is not an origin");
        refuses(GOOD + "  security: partners\n", ":12:13: spec.security is not supported by this version; remove it");
        refuses(GOOD + "  path: /x\n", "spec.path is there twice");
        refuses("kind: [", "is not YAML");
        refuses("", "is empty");
        refuses("- a", "must be a mapping");
    }

    @Test
    public void schemaKnowsTheSameKeys() throws Exception {
        try (InputStream in = RestChannels.class.getResourceAsStream("/schema/rest-channel.json")) {
            JsonNode schema = new ObjectMapper().readTree(in);
            JsonNode spec = schema.at("/properties/spec");

            assertThat(keys(schema)).isEqualTo(RestChannelSpec.KEYS);
            assertThat(keys(spec)).isEqualTo(RestChannelSpec.SPEC_KEYS);
            assertThat(keys(spec.at("/properties/cors"))).isEqualTo(RestChannelSpec.CORS_KEYS);
        }
    }

    private void refuses(String yaml, String message) {
        assertThatThrownBy(() -> channels.validate(PATH, content(yaml)))
                .isInstanceOf(StateException.class)
                .hasMessageStartingWith(PATH.value())
                .hasMessageContaining(message);
    }

    private static Set<String> keys(JsonNode object) {
        Set<String> keys = new TreeSet<>();
        object.get("properties").fieldNames().forEachRemaining(keys::add);
        return keys;
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
