package io.serai.itests.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.serai.itests.node.CommandLine;
import io.serai.itests.node.NodeProcess;
import org.junit.ClassRule;
import org.junit.Test;

/** Every kind of file that a node takes, dropped and called. */
public class ArtifactKindsIT {
    @ClassRule
    public static final NodeProcess NODE = new NodeProcess();

    @Test
    public void servesJavaSourceAndItsNextVersion() {
        JsonNode verdict = NODE.deploy("Source.java", TestBundle.serviceSource("Source", "source", "one"));
        assertThat(verdict.path("state").asText()).as("%s", verdict).isEqualTo("ACTIVE");
        assertThat(NODE.get("/source").body()).isEqualTo("{\"text\":\"one\"}");

        NODE.deploy("Source.java", TestBundle.serviceSource("Source", "source", "two"));
        assertThat(NODE.get("/source").body()).isEqualTo("{\"text\":\"two\"}");

        NODE.remove("Source.java");
        assertThat(NODE.get("/source").statusCode()).isEqualTo(404);
    }

    @Test
    public void servesBundleWithSeveralServices() {
        byte[] jar = TestBundle.bundle("kinds.several", "1.0.0")
                .service("First", "kinds.first", "first")
                .service("Second", "kinds.second", "second")
                .jar();
        assertActive(NODE.deploy("several.jar", jar));
        assertThat(NODE.get("/kinds.first").body()).contains("first");
        assertThat(NODE.get("/kinds.second").body()).contains("second");
    }

    @Test
    public void wrapsPlainJarWithWarning() {
        byte[] jar = TestBundle.plain()
                .source("Plain", TestBundle.serviceSource("Plain", "plain", "wrapped"))
                .jar();
        JsonNode verdict = NODE.deploy("plain.jar", jar);
        assertActive(verdict);
        assertThat(verdict.path("message").asText()).contains("plain jar");
        assertThat(NODE.get("/plain").body()).contains("wrapped");
    }

    @Test
    public void replacesServiceByNewerVersionOfSameBundle() {
        NODE.deploy("versions-1.0.jar", version("1.0.0", "old"));
        assertActive(NODE.deploy("versions-1.1.jar", version("1.1.0", "new")));
        assertThat(NODE.get("/versions").body()).contains("new");

        NODE.remove("versions-1.1.jar");
        NODE.awaitAnswer("/versions", "old");
    }

    private static byte[] version(String version, String text) {
        return TestBundle.bundle("kinds.versions", version)
                .service("Versions", "versions", text)
                .jar();
    }

    @Test
    public void runsYamlRouteThatCallsService() {
        NODE.deploy("Called.java", TestBundle.serviceSource("Called", "called", "from the service"));
        JsonNode verdict = NODE.deploy(
                "calling.camel.yaml",
                """
                - route:
                    id: calling
                    from:
                      uri: serai:calling?rest=GET /calling
                      steps:
                        - to: serai:called
                """);
        assertActive(verdict);
        NODE.awaitAnswer("/calling", "from the service");
    }

    @Test
    public void runsXmlRoute() {
        assertActive(
                NODE.deploy(
                        "ticking.camel.xml",
                        """
                <routes xmlns="http://camel.apache.org/schema/spring">
                  <route id="ticking">
                    <from uri="timer:tick?period=100"/>
                    <log message="The XML route ticked"/>
                  </route>
                </routes>
                """));
        awaitLog("The XML route ticked");
    }

    @Test
    public void runsRouteBuilderSource() {
        assertActive(
                NODE.deploy(
                        "Built.java",
                        """
                import org.apache.camel.builder.RouteBuilder;
                public class Built extends RouteBuilder {
                    @Override public void configure() {
                        from("timer:built?period=100").log("The Java route ticked");
                    }
                }
                """));
        awaitLog("The Java route ticked");
    }

    @Test
    public void appliesConfiguration() {
        assertActive(NODE.deploy("acme.orders.cfg", "currency = EUR\n"));
        CommandLine.Result shown = NODE.serai("shell", "config:list '(service.pid=acme.orders)'");
        assertThat(shown.out()).as(shown.err()).contains("currency = EUR");

        NODE.remove("acme.orders.cfg");
        assertThat(NODE.serai("shell", "config:list '(service.pid=acme.orders)'")
                        .out())
                .doesNotContain("EUR");
    }

    @Test
    public void runsBlueprint() {
        assertActive(
                NODE.deploy(
                        "beans.xml",
                        """
                <blueprint xmlns="http://www.osgi.org/xmlns/blueprint/v1.0.0">
                  <bean id="numbers" class="java.util.ArrayList"/>
                  <service ref="numbers" interface="java.util.List"/>
                </blueprint>
                """));
        assertThat(NODE.serai("shell", "service:list").exitCode()).isZero();
    }

    @Test
    public void installsFeatureOfDroppedRepository() {
        JsonNode verdict = NODE.deploy(
                "acme-features.xml",
                """
                <features name="acme-1.0" xmlns="http://karaf.apache.org/xmlns/features/v1.6.0">
                  <feature name="acme-settings" version="1.0.0" install="auto">
                    <config name="acme.settings">colour = green</config>
                  </feature>
                </features>
                """);
        assertActive(verdict);
        assertThat(NODE.serai("shell", "feature:list -i").out()).contains("acme-settings");
    }

    @Test
    public void servesComponentOfDeclarativeServices() {
        byte[] jar = TestBundle.bundle("kinds.component", "1.0.0")
                .component("Component", "component", "by a component")
                .jar();
        assertActive(NODE.deploy("component.jar", jar));
        NODE.awaitAnswer("/component", "by a component");
    }

    private static void awaitLog(String text) {
        await(text).until(() -> NODE.log().contains(text));
    }

    private static void assertActive(JsonNode verdict) {
        assertThat(verdict.path("state").asText())
                .as("%s%n%s", verdict, NODE.log())
                .isEqualTo("ACTIVE");
    }
}
