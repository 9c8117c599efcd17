package io.serai.camel.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.serai.api.deploy.DeploymentException;
import io.serai.api.deploy.DeploymentException.Reason;
import io.serai.api.runtime.ServiceDescriptor;
import io.serai.api.runtime.ServiceRegistryListener;
import io.serai.api.state.ContentValidator;
import io.serai.api.state.StatePath;
import java.util.Collection;
import java.util.Map;
import org.junit.After;
import org.junit.ClassRule;
import org.junit.Test;
import org.osgi.framework.ServiceRegistration;

public class RouteFileHandlerTest {
    @ClassRule
    public static final CamelNode NODE = new CamelNode();

    private static final String PATH = "deploy/orders.camel.yaml";

    @After
    public void removeRoutes() throws Exception {
        NODE.remove(PATH);
        NODE.remove("deploy/other.camel.yaml");
        NODE.remove("deploy/orders.camel.xml");
    }

    @Test
    public void runsRoutesOfYaml() throws Exception {
        String summary = NODE.apply(PATH, serviceAnswering("Hello ${body[name]}"));

        assertThat(summary).isEqualTo("1 route");
        assertThat(NODE.runtime().call("orders", Map.of("name", "Ann"))).isEqualTo("Hello Ann");
    }

    @Test
    public void runsRoutesOfXml() throws Exception {
        NODE.apply(
                "deploy/orders.camel.xml",
                """
                <routes xmlns="http://camel.apache.org/schema/spring">
                  <route>
                    <from uri="serai:orders"/>
                    <setBody><xpath resultType="java.lang.String">/order/text()</xpath></setBody>
                  </route>
                </routes>
                """
                        .replace("serai:orders", "serai:orders?input=text"));

        assertThat(NODE.runtime().call("orders", "<order>7</order>")).isEqualTo("7");
    }

    @Test
    public void marshalsJsonAndReadsJsonPath() throws Exception {
        NODE.apply(
                PATH,
                """
                - from:
                    uri: serai:orders?input=text
                    steps:
                      - setHeader: {name: total, jsonpath: $.order.total}
                      - unmarshal: {json: {}}
                      - setBody: {simple: "${header.total} ${body[order][id]}"}
                """);

        assertThat(NODE.runtime().call("orders", "{\"order\": {\"id\": \"a\", \"total\": 12}}"))
                .isEqualTo("12 a");
    }

    @Test
    public void callsOtherRoutesOfTheFileButNotThoseOfOthers() throws Exception {
        String helper = "- from: {uri: direct:helper, steps: [{setBody: {constant: %s}}]}\n";
        String caller = "- from: {uri: serai:%s, steps: [{to: direct:helper}]}\n";
        NODE.apply(PATH, helper.formatted("first") + caller.formatted("orders"));
        NODE.apply("deploy/other.camel.yaml", helper.formatted("second") + caller.formatted("other"));

        assertThat(NODE.runtime().call("orders", Map.of())).isEqualTo("first");
        assertThat(NODE.runtime().call("other", Map.of())).isEqualTo("second");
    }

    @Test
    public void undeploys() throws Exception {
        NODE.apply(PATH, serviceAnswering("old"));

        NODE.remove(PATH);

        assertThatThrownBy(() -> NODE.runtime().call("orders", Map.of())).hasMessageContaining("No service orders");
    }

    @Test
    public void leavesNoListenersBehind() throws Exception {
        ListenerCount listeners = new ListenerCount(NODE.bundles());
        ContentValidator validator = NODE.service(ContentValidator.class);
        NODE.apply(PATH, serviceAnswering("warm"));
        NODE.remove(PATH);
        int before = listeners.count();

        validator.validate(
                new StatePath(PATH),
                CamelNode.artifact(PATH, serviceAnswering("x")).content());
        failureOf("- from: {uri: 'tmer:tick', steps: [{log: hi}]}");
        failureOf("no yaml: [");
        NODE.apply(PATH, serviceAnswering("one"));
        NODE.apply(PATH, serviceAnswering("two"));
        NODE.remove(PATH);

        await().untilAsserted(() -> assertThat(listeners.count()).isLessThanOrEqualTo(before));
    }

    @Test
    public void namesUnknownComponentAndTheNearest() {
        DeploymentException failure = failureOf("- from: {uri: 'tmer:tick', steps: [{log: hi}]}");

        assertThat(failure.reason()).isEqualTo(Reason.UNSUPPORTED);
        assertThat(failure)
                .hasMessage(
                        "deploy/orders.camel.yaml:1:16: component 'tmer' of endpoint tmer://tick is unknown on this node."
                                + " Did you mean 'timer'?");
    }

    @Test
    public void namesUnknownOptionAndTheNearest() {
        DeploymentException failure = failureOf(
                """
                - from:
                    uri: direct:in
                    steps:
                      - to:
                          uri: log:out
                          parameters: {showBdy: true, password: hush}
                """);

        assertThat(failure.reason()).isEqualTo(Reason.UNSUPPORTED);
        assertThat(failure)
                .hasMessageStartingWith("deploy/orders.camel.yaml:6:24: option 'showBdy' of component 'log'")
                .hasMessageContaining("Did you mean 'showBody'?")
                .hasMessageNotContaining("hush")
                .extracting(DeploymentException::detail)
                .asString()
                .contains("Failed to resolve endpoint")
                .doesNotContain("hush");
    }

    @Test
    public void namesUnknownOptionOfServices() {
        DeploymentException failure = failureOf("- from: {uri: 'serai:orders?imput=text', steps: [{log: hi}]}");

        assertThat(failure).hasMessageContaining("option 'imput'").hasMessageContaining("Did you mean 'input'?");
    }

    @Test
    public void refusesIllFormedServices() {
        assertThat(failureOf("- from: {uri: 'serai:two words', steps: [{log: hi}]}"))
                .hasMessageContaining("'two words' is no name of a service");
        assertThat(failureOf("- from: {uri: 'serai:orders?rest=/orders', steps: [{log: hi}]}"))
                .hasMessageContaining("channel '/orders'")
                .hasMessageContaining("GET /orders/{id}");
    }

    @Test
    public void namesUnknownLanguageAndDataFormat() {
        assertThat(failureOf(
                        "- from: {uri: direct:in, steps: [{setBody: {language: {language: smple, expression: x}}}]}"))
                .hasMessageContaining("language 'smple'")
                .hasMessageContaining("Did you mean 'simple'?");
        assertThat(failureOf("- from: {uri: direct:in, steps: [{marshal: {csv: {}}}]}"))
                .hasMessageContaining("data format 'csv'")
                .extracting(DeploymentException::reason)
                .isEqualTo(Reason.UNSUPPORTED);
    }

    @Test
    public void waitsForMissingBean() {
        DeploymentException failure = failureOf("- from: {uri: direct:in, steps: [{to: 'bean:prices'}]}");

        assertThat(failure.reason()).isEqualTo(Reason.UNSATISFIED);
        assertThat(failure).hasMessageContaining("'prices'");
    }

    @Test
    public void tellsLineAndColumnOfBadYaml() {
        DeploymentException failure = failureOf("- from:\n    uri: direct:in\n    stepz: []\n");

        assertThat(failure.reason()).isEqualTo(Reason.INVALID);
        assertThat(failure)
                .hasMessageStartingWith("deploy/orders.camel.yaml:3:5: ")
                .hasMessageContaining("stepz");
    }

    @Test
    public void saysWhoHasTheRestChannel() throws Exception {
        ServiceRegistryListener channels = new ServiceRegistryListener() {
            @Override
            public void check(Collection<ServiceDescriptor> coming, Collection<ServiceDescriptor> going)
                    throws DeploymentException {
                if (coming.iterator().next().rest().contains("GET /taken")) {
                    throw new DeploymentException(Reason.CONFLICT, "GET /taken is of deploy/first.jar", null);
                }
            }

            @Override
            public void changed(Collection<ServiceDescriptor> came, Collection<ServiceDescriptor> went) {}
        };
        ServiceRegistration<?> listener = NODE.bundles().registerService(ServiceRegistryListener.class, channels, null);

        DeploymentException failure =
                failureOf("- from: {uri: 'serai:orders?rest=GET /taken', steps: [{setBody: {constant: a}}]}");
        listener.unregister();

        assertThat(failure.reason()).isEqualTo(Reason.CONFLICT);
        assertThat(failure)
                .hasMessage("deploy/orders.camel.yaml: a route cannot become service 'orders'."
                        + " GET /taken is of deploy/first.jar");
        assertThat(NODE.runtime().find("orders")).isEmpty();
    }

    @Test
    public void isolatesRoutesOfTheSameId() throws Exception {
        String route = "- route: {id: same, from: {uri: 'serai:%s', steps: [{setBody: {constant: %s}}]}}\n";
        NODE.apply(PATH, route.formatted("orders", "first"));
        NODE.apply("deploy/other.camel.yaml", route.formatted("other", "second"));

        assertThat(NODE.runtime().call("orders", Map.of())).isEqualTo("first");
        assertThat(NODE.runtime().call("other", Map.of())).isEqualTo("second");
    }

    @Test
    public void saysWhatToUseInPlaceOfTheRestDsl() {
        assertThat(
                        failureOf(
                                """
                        - rest: {path: /orders, get: [{path: /x, to: 'direct:x'}]}
                        - from: {uri: 'direct:x', steps: [{log: x}]}
                        """))
                .hasMessageContaining("serai:<name>")
                .extracting(DeploymentException::reason)
                .isEqualTo(Reason.UNSUPPORTED);
    }

    @Test
    public void refusesTheServiceNameOfAnotherArtifact() throws Exception {
        NODE.apply(PATH, serviceAnswering("first"));

        DeploymentException failure = catchThrowableOfType(
                DeploymentException.class, () -> NODE.apply("deploy/other.camel.yaml", serviceAnswering("second")));

        assertThat(failure.reason()).isEqualTo(Reason.CONFLICT);
        assertThat(failure).hasMessageContaining("'orders'").hasMessageContaining(PATH);
        assertThat(NODE.runtime().call("orders", Map.of())).isEqualTo("first");
    }

    private static DeploymentException failureOf(String content) {
        return catchThrowableOfType(DeploymentException.class, () -> NODE.apply(PATH, content));
    }

    private static String serviceAnswering(String simple) {
        return "- from: {uri: serai:orders, steps: [{setBody: {simple: '%s'}}]}\n".formatted(simple);
    }
}
