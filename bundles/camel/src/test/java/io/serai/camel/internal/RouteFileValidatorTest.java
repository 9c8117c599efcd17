package io.serai.camel.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.serai.api.state.Content;
import io.serai.api.state.ContentValidator;
import io.serai.api.state.StateException;
import io.serai.api.state.StateException.Reason;
import io.serai.api.state.StatePath;
import java.nio.charset.StandardCharsets;
import org.junit.ClassRule;
import org.junit.Test;

public class RouteFileValidatorTest {
    @ClassRule
    public static final CamelNode NODE = new CamelNode();

    private static final String YAML = "deploy/orders.camel.yaml";
    private static final String XML = "deploy/orders.camel.xml";

    @Test
    public void knowsFilesOfRoutesBelowDeployOnly() {
        assertThat(validator().handles(new StatePath("deploy/a/b.camel.yaml"))).isTrue();
        assertThat(validator().handles(new StatePath(XML))).isTrue();
        assertThat(validator().handles(new StatePath("deploy/features.xml"))).isFalse();
        assertThat(validator().handles(new StatePath("config/a.camel.yaml"))).isFalse();
    }

    @Test
    public void leavesToTheNodeWhatOnlyTheNodeCanKnow() {
        assertThatCode(() -> validate(YAML, "- from: {uri: 'later:x', steps: [{to: 'bean:late'}]}"))
                .doesNotThrowAnyException();
    }

    @Test
    public void refusesWhatIsNotYaml() {
        assertThat(refusal(YAML, "- from:\n    uri: 'direct:in\n"))
                .hasMessageStartingWith("deploy/orders.camel.yaml:3:1: ");
    }

    @Test
    public void refusesStepsThatDoNotExist() {
        String content = "- from:\n    uri: direct:in\n    steps:\n      - setBdy: {constant: x}\n";

        assertThat(refusal(YAML, content))
                .hasMessageStartingWith("deploy/orders.camel.yaml:4:")
                .hasMessageContaining("setBdy");
    }

    @Test
    public void refusesFilesWithoutRoutes() {
        assertThat(refusal(YAML, "")).hasMessage("deploy/orders.camel.yaml: declares no route");
        assertThat(refusal(YAML, "greeting: hello")).hasMessageContaining("deploy/orders.camel.yaml");
        assertThat(refusal(XML, "<features name='x'/>")).hasMessageContaining("deploy/orders.camel.xml");
    }

    @Test
    public void refusesWhatIsNotXml() {
        String content = "<routes>\n  <route><from uri='direct:in'/></rout>\n</routes>";

        assertThat(refusal(XML, content)).hasMessageStartingWith("deploy/orders.camel.xml:2:");
    }

    @Test
    public void refusesElementsThatDoNotExist() {
        String content = "<routes>\n  <route><from uri='direct:in'/>\n    <setBdy/></route>\n</routes>";

        assertThat(refusal(XML, content))
                .hasMessageStartingWith("deploy/orders.camel.xml:3:")
                .hasMessageContaining("setBdy");
    }

    private static StateException refusal(String path, String content) {
        StateException refusal = catchThrowableOfType(StateException.class, () -> validate(path, content));
        assertThat(refusal.reason()).isEqualTo(Reason.INVALID);
        assertThat(refusal.paths()).containsEntry(new StatePath(path), String.valueOf(refusal.getMessage()));
        return refusal;
    }

    private static void validate(String path, String content) throws StateException {
        validator().validate(new StatePath(path), Content.of(content.getBytes(StandardCharsets.UTF_8)));
    }

    private static ContentValidator validator() {
        return NODE.service(ContentValidator.class);
    }
}
