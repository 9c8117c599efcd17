package io.serai.cli.internal.line;

import static org.assertj.core.api.Assertions.assertThat;

import io.serai.cli.internal.line.TestTerminal.Result;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

public class ObjectsTest {
    private static final String ORDERS =
            "{\"kind\":\"rest-channel\",\"name\":\"orders\",\"spec\":{\"path\":\"/orders\",\"methods\":[\"GET\",\"PUT\"],"
                    + "\"service\":\"orders.get\"},\"status\":{\"state\":\"ACTIVE\"},\"version\":\"c1\",\"etag\":\"e1\"}";
    private static final String PAGE =
            "{\"kind\":\"rest-channel\",\"items\":[" + ORDERS + "],\"total\":1,\"unreachable\":[\"node9\"]}";
    private static final String DONE =
            "{\"commit\":\"c2\",\"dryRun\":false,\"objects\":[{\"kind\":\"rest-channel\",\"name\":\"orders\",\"action\":\"configured\"}]}";

    @Rule
    public final TestCluster cluster = new TestCluster();

    @Rule
    public final TestTerminal terminal = new TestTerminal();

    @Before
    public void haveAChannel() throws Exception {
        terminal.in(cluster);
        cluster.on("GET /api/v1/rest-channel", 200, PAGE);
        cluster.onVersion("GET /api/v1/rest-channel/orders", "\"e1\"", ORDERS);
        cluster.on("PUT /api/v1/rest-channel/orders", 200, DONE);
        cluster.on("DELETE /api/v1/rest-channel/orders", 200, DONE.replace("configured", "deleted"));
    }

    @Test
    public void tablesHaveTheColumnsOfTheSchema() {
        Result table = terminal.serai("get", "rest-channel");

        assertThat(table.out().lines())
                .containsExactly(
                        "NAME     PATH      METHODS   SERVICE      STATE",
                        "orders   /orders   GET,PUT   orders.get   ACTIVE");
        assertThat(table.err()).contains("not reached: node9");
        assertThat(terminal.serai("rest-channel", "list").out()).isEqualTo(table.out());
        assertThat(terminal.serai("list", "rest-channels").out()).isEqualTo(table.out());
    }

    @Test
    public void jsonIsWhatTheServerAnswered() {
        assertThat(terminal.serai("get", "rest-channel", "-o", "json").out()).isEqualTo(PAGE);
        assertThat(terminal.serai("rest-channel", "get", "orders", "-o", "json").out())
                .isEqualTo(ORDERS);
    }

    @Test
    public void otherFormsAreMadeOfIt() {
        assertThat(terminal.serai("get", "rest-channel", "-o", "name").out()).isEqualTo("rest-channel/orders\n");
        assertThat(terminal.serai("get", "rest-channel/orders", "-o", "jsonpath={.spec.methods[1]}")
                        .out())
                .isEqualTo("PUT\n");
        assertThat(terminal.serai("get", "rest-channel", "-o", "jsonpath={.items[*].spec.path}")
                        .out())
                .isEqualTo("/orders\n");
        assertThat(terminal.serai("get", "rest-channel", "-o", "yaml").out())
                .isEqualTo(
                        """
                        ---
                        kind: rest-channel
                        name: orders
                        spec:
                          path: /orders
                          methods:
                          - GET
                          - PUT
                          service: orders.get
                        """);
        terminal.serai("get", "rest-channel", "orders", "-o", "yaml");
        assertThat(cluster.last().headers()).containsEntry("Accept", "application/yaml");
        assertThat(terminal.serai("get", "rest-channel", "-o", "xml").code()).isEqualTo(2);
    }

    @Test
    public void whatObjectsAreCalledSteersNoTerminal() {
        cluster.on(
                "GET /api/v1/rest-channel",
                200,
                PAGE.replace("\"/orders\"", "\"\\u001b[31mred\\nline\"").replace("node9", "\\u001b[2J"));
        terminal.terminal = true;

        Result table = terminal.serai("get", "rest-channel");

        assertThat(table.out() + table.err()).doesNotContain("\u001b");
        assertThat(table.out().lines()).hasSize(2);
    }

    @Test
    public void setChangesTheFieldsThatAreGivenAndNoOthers() {
        Result set = terminal.serai(
                "rest-channel", "set", "orders", "--method", "GET", "--method=POST", "--max-bytes", "10", "-m", "why");

        assertThat(set.code()).as(set.err()).isZero();
        assertThat(set.out()).isEqualTo("rest-channel/orders configured\n");
        assertThat(cluster.last().headers()).containsEntry("If-Match", "\"e1\"");
        assertThat(cluster.last().location()).contains("message=why");
        assertThat(cluster.last().body())
                .isEqualTo("{\"kind\":\"rest-channel\",\"name\":\"orders\",\"spec\":{\"path\":\"/orders\","
                        + "\"methods\":[\"GET\",\"POST\"],\"service\":\"orders.get\",\"maxBytes\":10}}");
    }

    @Test
    public void addMakesOnlyWhatIsNew() {
        cluster.on("PUT /api/v1/rest-channel/new", 201, DONE);

        terminal.serai(
                "rest-channel",
                "add",
                "new",
                "--path",
                "/x",
                "--spec-timeout",
                "5s",
                "--cors",
                "{\"origins\":[\"*\"]}");

        assertThat(cluster.last().headers()).containsEntry("If-None-Match", "*");
        assertThat(cluster.last().body()).contains("\"timeout\":\"5s\"", "\"cors\":{\"origins\":[\"*\"]}");
        assertThat(terminal.serai("rest-channel", "add", "new", "--max-bytes", "many")
                        .err())
                .contains("'many' is no integer, which --max-bytes takes");
    }

    @Test
    public void secretsAreNoOptionsButReadFromTheInput() {
        cluster.on("PUT /api/v1/user/ann", 201, DONE);

        Result added = terminal.typing("correct horse battery\n")
                .serai("user", "add", "ann", "--role", "operator", "--password-stdin", "--disabled");

        assertThat(added.code()).as(added.err()).isZero();
        assertThat(cluster.last().body())
                .contains("\"roles\":[\"operator\"]", "\"password\":\"correct horse battery\"", "\"disabled\":true");
        terminal.serai("user", "add", "--disabled=false", "ann");
        assertThat(cluster.last().body()).contains("\"disabled\":false");
        assertThat(terminal.serai("user", "add", "ann", "--password", "x").code())
                .isEqualTo(2);
    }

    @Test
    public void actionsTakeOptionsOrJson() {
        cluster.on("POST /api/v1/service/orders.get/invoke", 200, "{\"status\":200,\"answer\":{\"total\":7}}");
        cluster.on("POST /api/v1/artifact/a.jar/rollback", 200, "{\"restored\":\"c1\",\"unchanged\":false}");

        Result invoked = terminal.serai("service", "invoke", "orders.get", "{\"id\":\"7\"}");
        assertThat(cluster.last().body()).isEqualTo("{\"input\":{\"id\":\"7\"}}");
        assertThat(invoked.out()).isEqualTo("{\"status\":200,\"answer\":{\"total\":7}}");
        assertThat(terminal.typing("{\"id\":\"8\"}")
                        .serai("service", "invoke", "orders.get", "-", "-o", "jsonpath={.answer.total}")
                        .out())
                .isEqualTo("7\n");
        assertThat(cluster.last().body()).isEqualTo("{\"input\":{\"id\":\"8\"}}");
        terminal.serai("artifact", "rollback", "a.jar", "--to", "HEAD~2", "--rolling");
        assertThat(cluster.last().body()).isEqualTo("{\"to\":\"HEAD~2\",\"rolling\":true}");
        terminal.serai("artifact", "rollback", "a.jar", "{\"to\":\"3\"}");
        assertThat(cluster.last().body()).isEqualTo("{\"to\":\"3\"}");
        assertThat(terminal.serai("rollback", "a.jar", "--to", "2").out()).contains("artifact/a.jar rolled back");
        assertThat(terminal.serai("service", "invoke", "orders.get", "{id").code())
                .isEqualTo(2);

        cluster.on("POST /api/v1/service/orders.get/invoke", 200, "{\"status\":404,\"error\":{}}");
        assertThat(terminal.serai("service", "invoke", "orders.get").code()).isEqualTo(3);
    }

    @Test
    public void namesAreSentAsTheyAre() {
        terminal.serai("rest-channel", "delete", "a b/ü?x", "--cascade", "--layer", "groups/edge", "--dry-run");

        assertThat(cluster.last().location())
                .startsWith("/api/v1/rest-channel/a%20b%2F%C3%BC%3Fx?cascade=true&layer=groups%2Fedge")
                .contains("dryRun=true");
        assertThat(terminal.serai("delete", "rest-channel", "orders").out()).isEqualTo("rest-channel/orders deleted\n");
    }

    @Test
    public void statisticsAreWhatTheStatusHas() {
        cluster.on(
                "GET /api/v1/service",
                200,
                "{\"items\":[{\"name\":\"s\",\"spec\":{},\"status\":{\"calls\":3,\"lastError\":{\"at\":\"x\"}}}]}");

        assertThat(terminal.serai("service", "stats").out().lines()).containsExactly("NAME   CALLS", "s      3");
    }
}
