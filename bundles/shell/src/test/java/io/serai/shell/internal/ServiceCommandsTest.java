package io.serai.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.serai.api.runtime.ClusterServices;
import io.serai.api.runtime.ClusterServices.ServiceOnNode;
import io.serai.api.runtime.ClusterServices.SharedService;
import io.serai.api.runtime.Invocation;
import io.serai.api.runtime.ServiceStatistics;
import io.serai.api.service.ServiceException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.karaf.shell.support.CommandException;
import org.junit.Rule;
import org.junit.Test;

public class ServiceCommandsTest {
    @Rule
    public final ShellFixture shell = new ShellFixture();

    @Test
    public void listsServicesWithTheirFigures() throws Exception {
        shell.services.set("hello", Map.class);
        shell.services.set("orders.get", Map.class);
        shell.services.setBusy("orders.get");

        String[] lines = shell.run("service:list").split("\\R");

        assertThat(lines).hasSize(4);
        assertThat(lines[2]).contains("hello", "GET /hello", "-", "deploy/hello.jar");
        assertThat(lines[3]).contains("orders.get", "12", "20 ms");
    }

    @Test
    public void saysWhatToDoWhenThereIsNoService() throws Exception {
        assertThat(shell.run("service:list")).contains("drop one into the deploy folder");
        assertThat(shell.runJson("service:list --json")).isEmpty();
    }

    @Test
    public void listsServicesOfAllNodesAndWhoHasThem() throws Exception {
        shell.services.ofNodes = ofNodes();

        String[] lines = shell.run("service:list --nodes").split("\\R");

        assertThat(lines).hasSize(4);
        assertThat(lines[2]).containsPattern("hello .*GET /hello .* 0 .* 0 .*- .*node2$");
        assertThat(lines[3]).containsPattern("orders.get .* 19 .* 1 .*20 ms .*all$");
        JsonNode json = shell.runJson("service:list --nodes --json");
        assertThat(json.at("/services/1/statistics/calls").asInt()).isEqualTo(19);
        assertThat(json.at("/services/1/nodes/1/node").asText()).isEqualTo("node2");
        assertThat(json.at("/services/1/nodes/1/statistics/calls").asInt()).isEqualTo(7);
        assertThat(json.at("/answered")).hasSize(2);
        assertThat(json.at("/silent")).isEmpty();
    }

    @Test
    public void namesNodesThatDoNotAnswer() throws Exception {
        ClusterServices all = ofNodes();
        shell.services.ofNodes = new ClusterServices(all.services(), all.nodes(), List.of("node3"));

        assertThat(shell.run("service:list --nodes")).contains("node1, node2", "No answer from node3");
        assertThat(shell.run("service:info orders.get --nodes")).contains("No answer from node3");
        assertThat(shell.runJson("service:info orders.get --nodes --json")
                        .at("/silent/0")
                        .asText())
                .isEqualTo("node3");
    }

    @Test
    public void showsHowAServiceFaresOnEachNode() throws Exception {
        shell.services.ofNodes = ofNodes();

        String[] lines = shell.run("service:info orders.get --nodes").split("\\R");

        assertThat(lines).hasSize(5);
        assertThat(lines[2]).containsPattern("node1 .* 12 .* 1 .*1.23 ms .*20 ms .*1.5 s .*deploy/orders.get.jar");
        assertThat(lines[3]).containsPattern("node2 .* 7 ");
        assertThat(lines[4]).containsPattern("\\(all\\) .* 19 ");
        assertThatThrownBy(() -> shell.run("service:info helo --nodes")).hasMessageContaining("did you mean hello?");
    }

    static ClusterServices ofNodes() {
        ServiceStatistics none = new ServiceStatistics(
                0,
                0,
                0,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                Optional.empty(),
                List.of());
        SharedService hello = new SharedService("hello", List.of(onNode("node2", "hello", none)), none);
        SharedService orders = new SharedService(
                "orders.get",
                List.of(
                        onNode("node1", "orders.get", FakeServices.statistics(12)),
                        onNode("node2", "orders.get", FakeServices.statistics(7))),
                FakeServices.statistics(19));
        return new ClusterServices(List.of(hello, orders), List.of("node1", "node2"), List.of());
    }

    private static ServiceOnNode onNode(String node, String service, ServiceStatistics statistics) {
        return new ServiceOnNode(node, List.of("GET /" + service), "deploy/" + service + ".jar", statistics);
    }

    @Test
    public void goesThroughAPipe() throws Exception {
        shell.services.set("hello", Map.class);

        assertThat(shell.run("service:list | test:upper")).contains("HELLO").doesNotContain("hello");
    }

    @Test
    public void showsAServiceAndHowItFares() throws Exception {
        shell.services.set("orders.get", Map.class);
        shell.services.setBusy("orders.get");

        assertThat(shell.run("service:info orders.get"))
                .contains(
                        "Input        java.util.Map",
                        "Calls        12, 1 failed, 2 running",
                        "p95 20 ms",
                        "max 1.5 s",
                        "Last error   2026-03-01T12:01:00Z  c-1  Order 7 does not exist",
                        "Slow call    2026-03-01T12:01:00Z  c-2  1.5 s");
    }

    @Test
    public void takesOptionsBeforeAndBehindArguments() throws Exception {
        shell.services.set("orders.get", Map.class);
        shell.services.setBusy("orders.get");

        JsonNode before = shell.runJson("service:info --json orders.get");

        assertThat(before.at("/statistics/meanMillis").asDouble()).isEqualTo(1.234567);
        assertThat(before.at("/statistics/lastError/at").asText()).isEqualTo("2026-03-01T12:01:00.500Z");
        assertThat(shell.runJson("service:info orders.get --json")).isEqualTo(before);
    }

    @Test
    public void refusesOptionsAndArgumentsItDoesNotKnow() {
        shell.services.set("hello", Map.class);

        assertThatThrownBy(() -> shell.run("service:info hello --yaml")).hasMessageContaining("no option --yaml");
        assertThatThrownBy(() -> shell.run("service:info hello again")).hasMessageContaining("from 'again' on");
        assertThatThrownBy(() -> shell.run("service:invoke hello --timeout"))
                .hasMessageContaining("--timeout lacks its value");
    }

    @Test
    public void proposesTheNearestName() {
        shell.services.set("orders.get", Map.class);
        shell.services.set("hello", Map.class);

        assertThatThrownBy(() -> shell.run("service:info helo"))
                .isInstanceOf(CommandException.class)
                .hasMessage("There is no service 'helo'; did you mean hello?");
        assertThatThrownBy(() -> shell.run("service:invoke orders")).hasMessageContaining("did you mean orders.get?");
        assertThatThrownBy(() -> shell.run("service:info invoices")).hasMessage("There is no service 'invoices'");
    }

    @Test
    public void invokesWithJson() throws Exception {
        shell.services.set("hello", Map.class);

        String answer = shell.run("service:invoke hello '{\"name\":\"Ann Lee\"}'");

        assertThat(answer.strip()).isEqualTo("{\"name\":\"Ann Lee\"}");
        Invocation call = shell.services.calls.get(0);
        assertThat(call.caller().channel()).isEqualTo("shell");
        assertThat(call.caller().user()).contains("ann");
        assertThat(call.correlationId()).isNotBlank();
        assertThat(call.timeout()).isEmpty();
    }

    @Test
    public void invokesWithFields() throws Exception {
        shell.services.set("hello", Map.class);

        shell.run("service:invoke hello --timeout 500ms name=Ann tag=a tag=b 'text=x = y'");

        Invocation call = shell.services.calls.get(0);
        assertThat(call.input()).isEqualTo(Map.of("name", "Ann", "tag", List.of("a", "b"), "text", "x = y"));
        assertThat(call.timeout()).contains(Duration.ofMillis(500));
    }

    @Test
    public void invokesWithoutInput() throws Exception {
        shell.services.set("all", Map.class);
        shell.services.set("none", Void.class);

        shell.run("service:invoke all");
        String nothing = shell.run("service:invoke none");

        assertThat(shell.services.calls.get(0).input()).isEqualTo(Map.of());
        assertThat(shell.services.calls.get(1).input()).isNull();
        assertThat(nothing).isEmpty();
        assertThatThrownBy(() -> shell.run("service:invoke none a=b")).hasMessageContaining("takes no input");
    }

    @Test
    public void passesTextBytesAndStreamsAsTheyAre() throws Exception {
        shell.services.set("text", String.class);
        shell.services.set("bytes", byte[].class);
        shell.services.set("stream", InputStream.class);
        shell.services.answer = input -> input instanceof InputStream
                ? new ByteArrayInputStream("streamed".getBytes(StandardCharsets.UTF_8))
                : input;

        assertThat(shell.run("service:invoke text a=b c").strip()).isEqualTo("a=b c");
        assertThat(shell.run("service:invoke bytes grün").strip()).isEqualTo("grün");
        assertThat(shell.run("service:invoke stream x").strip()).isEqualTo("streamed");
    }

    @Test
    public void tellsWhyACallFailed() {
        shell.services.set("orders.get", Map.class);
        shell.services.answer = input -> {
            throw ServiceException.notFound("Order 7 does not exist");
        };

        assertThatThrownBy(() -> shell.run("service:invoke orders.get id=7"))
                .isInstanceOf(CommandException.class)
                .hasMessageMatching(
                        "Service orders.get answered NOT_FOUND: Order 7 does not exist \\(correlation id [0-9a-f-]+\\)");
        assertThatThrownBy(() -> shell.run("service:invoke orders.get not-json"))
                .hasMessageContaining("answered INVALID at name");
    }

    @Test
    public void tellsHowToWriteJsonWhenTheShellHasTakenItApart() {
        shell.services.set("hello", Map.class);

        assertThatThrownBy(() -> shell.run("service:invoke hello {\"name\":\"Ann\"}"))
                .hasMessageContaining("JSON goes in single quotes: '{\"name\":\"Ann\"}'");
    }

    @Test
    public void wrapsTheAnswerInAnEnvelopeOnRequest() throws Exception {
        shell.services.set("hello", Map.class);

        JsonNode envelope = shell.runJson("service:invoke hello name=Ann --json");

        assertThat(envelope.at("/answer/name").asText()).isEqualTo("Ann");
        assertThat(envelope.at("/status").asInt()).isEqualTo(201);
        assertThat(envelope.at("/headers/ETag").asText()).isEqualTo("7");
        assertThat(envelope.at("/correlationId").asText())
                .isEqualTo(shell.services.calls.get(0).correlationId());
    }

    @Test
    public void refusesADurationThatIsNone() {
        shell.services.set("hello", Map.class);

        assertThatThrownBy(() -> shell.run("service:invoke hello --timeout soon"))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("write it as 500ms, 30s or 2m");
    }

    @Test
    public void completesNamesOfServices() {
        shell.services.set("orders.get", Map.class);
        shell.services.set("orders.put", Map.class);
        shell.services.set("hello", Map.class);

        assertThat(shell.complete("service:info ord")).containsExactly("orders.get", "orders.put");
        assertThat(shell.complete("service:info hello ")).containsExactlyInAnyOrder("--json", "--nodes");
        assertThat(shell.complete("service:invoke hel")).containsExactly("hello");
    }
}
