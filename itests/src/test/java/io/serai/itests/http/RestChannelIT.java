package io.serai.itests.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.serai.itests.node.NodeProcess;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;

/** A service with path, query and body, called rightly and wrongly. */
public class RestChannelIT {
    @ClassRule
    public static final NodeProcess NODE = new NodeProcess();

    private static final ObjectMapper JSON = new ObjectMapper();

    @BeforeClass
    public static void deploy() {
        NODE.deploy(
                "Order.java",
                """
                import io.serai.api.service.*;
                import java.util.*;
                @ServiceInfo(name = "order.put", rest = "PUT /orders/{id}")
                public class Order implements Service<Order.In, Order.Out> {
                    public record Line(String item, int count) {}
                    public record In(long id, List<Line> lines, Optional<String> note) {}
                    public record Out(long id, int items, String note) {}
                    @Override public Out handle(In in, Context context) {
                        if (in.id() == 0) {
                            throw ServiceException.notFound("There is no order 0");
                        }
                        if (in.id() == 13) {
                            throw new IllegalStateException("secret of the inside");
                        }
                        context.reply().status(201).header("Location", "/orders/" + in.id());
                        return new Out(in.id(), in.lines().stream().mapToInt(Line::count).sum(), in.note().orElse("none"));
                    }
                }
                """);
    }

    @Test
    public void bindsPathQueryAndBodyAndSendsStatusAndHeaders() {
        HttpResponse<String> response = put(
                "/orders/7?note=soon", "{\"lines\":[{\"item\":\"tea\",\"count\":2},{\"item\":\"salt\",\"count\":3}]}");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        assertThat(response.headers().firstValue("Location")).contains("/orders/7");
        assertThat(response.body()).isEqualTo("{\"id\":7,\"items\":5,\"note\":\"soon\"}");
    }

    @Test
    public void namesMissingAndIllTypedFields() throws JsonProcessingException {
        assertThat(problem(put("/orders/7", "{}"), 400).toString()).contains("lines");
        assertThat(problem(put("/orders/x", "{\"lines\":[]}"), 400).toString()).contains("id");
        assertThat(problem(put("/orders/7", "{\"lines\":[{\"item\":\"tea\",\"count\":\"two\"}]}"), 400)
                        .toString())
                .contains("lines[0].count");
        assertThat(problem(put("/orders/7", "{\"lines\":"), 400).toString()).contains("line 1");
    }

    @Test
    public void answersWrongPathMethodAndTypeWithProblems() throws JsonProcessingException {
        problem(NODE.get("/nowhere"), 404);
        HttpResponse<String> wrongMethod = NODE.get("/orders/7");
        problem(wrongMethod, 405);
        assertThat(wrongMethod.headers().firstValue("Allow").orElse("")).contains("PUT");
        HttpRequest xml = HttpRequest.newBuilder(NODE.uri("/orders/7"))
                .header("Content-Type", "application/xml")
                .PUT(BodyPublishers.ofString("<lines/>"))
                .build();
        problem(NODE.send(xml), 415);
    }

    @Test
    public void tellsWhatServiceMeansAndHidesWhatItDoesNot() throws JsonProcessingException {
        assertThat(problem(put("/orders/0", "{\"lines\":[]}"), 404)
                        .path("detail")
                        .asText())
                .contains("There is no order 0");
        HttpResponse<String> broken = put("/orders/13", "{\"lines\":[]}");
        JsonNode problem = problem(broken, 500);
        assertThat(broken.body()).doesNotContain("secret").doesNotContain("IllegalState");
        assertThat(NODE.log()).contains(problem.path("correlationId").asText());
    }

    @Test
    public void describesChannelsInOpenApi() throws JsonProcessingException {
        JsonNode document = JSON.readTree(NODE.get("/openapi.json").body());
        assertThat(document.path("openapi").asText()).startsWith("3.1");
        assertThat(document.path("paths").path("/orders/{id}").has("put")).isTrue();
    }

    @Test
    public void tellsHealth() {
        assertThat(NODE.get("/health/live").statusCode()).isEqualTo(200);
        assertThat(NODE.get("/health/ready").body()).contains("\"status\":\"UP\"");
    }

    @Test
    public void invokesServiceWithoutChannelFromShell() {
        NODE.deploy(
                "Plain.java",
                """
                import io.serai.api.service.*;
                @ServiceInfo(name = "plain")
                public class Plain implements Service<String, String> {
                    @Override public String handle(String text, Context context) { return text.toUpperCase(); }
                }
                """);
        assertThat(NODE.serai("shell", "service:invoke plain '\"loud\"'").out()).contains("LOUD");
    }

    private static HttpResponse<String> put(String path, String json) {
        return NODE.send(HttpRequest.newBuilder(NODE.uri(path))
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(json))
                .build());
    }

    private static JsonNode problem(HttpResponse<String> response, int status) throws JsonProcessingException {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        JsonNode problem = JSON.readTree(response.body());
        assertThat(problem.path("correlationId").asText())
                .isNotEmpty()
                .isEqualTo(response.headers().firstValue("X-Correlation-Id").orElse(""));
        return problem;
    }
}
