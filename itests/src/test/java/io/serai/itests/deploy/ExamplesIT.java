package io.serai.itests.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.serai.itests.node.CommandLine;
import io.serai.itests.node.CommandLine.Result;
import io.serai.itests.node.Distribution;
import io.serai.itests.node.NodeProcess;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The examples of the distribution, deployed and called as their README says, and what the templates become. */
public class ExamplesIT {
    private static final Path EXAMPLES = Distribution.folder().resolve("examples");

    @ClassRule
    public static final NodeProcess NODE = new NodeProcess();

    @ClassRule
    public static final TemporaryFolder FOLDER = new TemporaryFolder();

    @BeforeClass
    public static void deployHello() throws IOException {
        assertActive(deploy("hello/Hello.java"));
    }

    @Test
    public void hello() {
        assertThat(NODE.get("/hello?name=Ann").body()).isEqualTo("{\"text\":\"Hello, Ann!\"}");
    }

    @Test
    public void ordersAndTheirDiscount() throws IOException {
        JsonNode early = deploy("blueprint/discount.xml");
        assertThat(early.path("state").asText()).as("%s", early).isEqualTo("WAITING");
        assertThat(early.path("message").asText()).contains("com.acme.orders");

        byte[] jar = Files.readAllBytes(build(copy("orders")).resolve("target/orders.jar"));
        assertActive(NODE.deploy("orders.jar", jar));

        String order = "{\"customer\":\"Ann\",\"lines\":[{\"product\":\"tea\",\"quantity\":2}]}";
        assertThat(send("PUT", "/orders/1", order).statusCode()).isEqualTo(201);
        assertThat(NODE.get("/orders/1").body()).contains("Ann", "tea", "8.40");
        assertThat(NODE.get("/orders/2").statusCode()).isEqualTo(404);
        assertThat(send("PUT", "/orders/3", order.replace("tea", "gold")).statusCode())
                .isEqualTo(404);
        assertThat(send("PUT", "/orders/1", order).statusCode()).isEqualTo(409);
        HttpResponse<String> incomplete = send("PUT", "/orders/4", "{\"lines\":[]}");
        assertThat(incomplete.statusCode()).isEqualTo(400);
        assertThat(incomplete.body()).contains("customer");

        NODE.awaitState("discount.xml", "ACTIVE");
        String lines = "{\"lines\":[{\"product\":\"tea\",\"quantity\":2}]}";
        assertThat(send("POST", "/prices/discounted", lines).body()).contains("7.56");
    }

    @Test
    public void route() throws IOException {
        assertActive(deploy("route/greeting.camel.yaml"));

        NODE.awaitAnswer("/greeting/Ann", "Hello, Ann! Come in.");
        await("the route that knocks").until(() -> NODE.log().contains("Somebody knocked: "));
        assertThat(shell("log:display | grep knocked").out()).contains("Hello, stranger!");
    }

    @Test
    public void channelThatIsPutIntoTheState() throws IOException {
        Path file = EXAMPLES.resolve("rest-channel/people.yaml");
        String put = "state:put objects/rest-channel/people.yaml '" + file + "'";
        assertDone(shell(put));
        assertThat(NODE.get("/people/Ann/greeting").body()).contains("Hello, Ann!");

        Path rival = Files.writeString(
                FOLDER.getRoot().toPath().resolve("folk.yaml"),
                Files.readString(file).replace("name: people", "name: folk").replace("{name}", "{who}"));
        Result refused = shell("state:put objects/rest-channel/folk.yaml '" + rival + "'");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.out()).contains("objects/rest-channel/folk.yaml", "people", "/people/{who}/greeting");
        assertThat(NODE.get("/people/Ann/greeting").body()).contains("Hello, Ann!");

        Path wrong = Files.writeString(
                FOLDER.getRoot().toPath().resolve("wrong.yaml"),
                Files.readString(file).replace("name: people", "name: wrong").replace("methods", "method"));
        Result invalid = shell("state:put objects/rest-channel/wrong.yaml '" + wrong + "'");
        assertThat(invalid.exitCode()).isEqualTo(1);
        assertThat(invalid.out()).contains("wrong.yaml", "method");
        assertThat(shell("state:show HEAD wrong.yaml").exitCode())
                .as("what is refused is not in the state")
                .isEqualTo(1);

        shell("state:remove folk.yaml");
        assertDone(shell("state:remove objects/rest-channel/people.yaml"));
        assertThat(NODE.get("/people/Ann/greeting").statusCode()).isEqualTo(404);
    }

    @Test
    public void projectOfTheTemplate() throws IOException {
        Path into = FOLDER.newFolder("projects").toPath();
        Result made = NODE.serai("service", "new", "price-check", "--project", "--into", into.toString());
        assertDone(made);

        Path project = build(into.resolve("price-check"));

        assertThat(project.resolve("target/surefire-reports/price.PriceCheckTest.txt"))
                .content()
                .contains("Tests run: 1, Failures: 0");
        assertActive(NODE.deploy("price-check.jar", Files.readAllBytes(project.resolve("target/price-check.jar"))));
        assertThat(NODE.get("/price-check?name=Ann").body()).contains("Hello, Ann!");
    }

    private static JsonNode deploy(String example) throws IOException {
        Path file = EXAMPLES.resolve(example);
        return NODE.deploy(file.getFileName().toString(), Files.readString(file));
    }

    private static Path copy(String example) throws IOException {
        assertDone(CommandLine.run(
                List.of("cp", "-r", EXAMPLES.resolve(example).toString(), FOLDER.getRoot() + "/"), Map.of()));
        return FOLDER.getRoot().toPath().resolve(example);
    }

    /** Builds a project with the API of the distribution. */
    private static Path build(Path project) throws IOException {
        Path settings = Files.writeString(
                FOLDER.getRoot().toPath().resolve("settings.xml"),
                """
                <settings><profiles><profile><id>serai</id><activation><activeByDefault>true</activeByDefault></activation>
                  <repositories><repository><id>serai</id><url>%s</url></repository></repositories>
                </profile></profiles></settings>
                """
                        .formatted(Distribution.folder().resolve("system").toUri()));
        List<String> command = new ArrayList<>(List.of("mvn", "-B", "-q", "-f", project.toString(), "package"));
        command.addAll(List.of("-gs", settings.toString()));
        Result result = CommandLine.run(command, Map.of());
        assertThat(result.exitCode()).as("%s%s", result.out(), result.err()).isZero();
        return project;
    }

    private static HttpResponse<String> send(String method, String path, String json) {
        return NODE.send(HttpRequest.newBuilder(NODE.uri(path))
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(json))
                .build());
    }

    private static Result shell(String command) {
        return NODE.serai("shell", command);
    }

    private static void assertDone(Result result) {
        assertThat(result.exitCode()).as("%s%s", result.out(), result.err()).isZero();
    }

    private static void assertActive(JsonNode verdict) {
        assertThat(verdict.path("state").asText())
                .as("%s%n%s", verdict, NODE.log())
                .isEqualTo("ACTIVE");
    }
}
