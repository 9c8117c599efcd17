package io.serai.itests.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.serai.itests.node.CommandLine;
import io.serai.itests.node.CommandLine.Result;
import io.serai.itests.node.NodeProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What a person does with a cluster from a terminal, from quickstart on. */
public class RemoteCommandsIT {
    private static final Pattern PASSWORD = Pattern.compile("user +admin\\s+password +(\\S+)");
    private static final String SERVICE =
            """
            package orders;

            import io.serai.api.service.*;

            @ServiceInfo(name = "orders.get", rest = "GET /orders/{id}")
            public class GetOrder implements Service<GetOrder.Query, GetOrder.Order> {
                public record Query(String id) {}
                public record Order(String id, String version) {}

                @Override
                public Order handle(Query query, Context context) {
                    return new Order(query.id(), "one");
                }
            }
            """;
    private static final String CHANNEL =
            """
            kind: rest-channel
            name: by-hand
            spec:
              path: /by-hand/{id}
              methods: [GET]
              service: orders.get
            """;

    private static final String OBJECTS =
            """
            ---
            {kind: role, name: shift, spec: {permissions: [{kinds: [service], verbs: [read]}]}}
            ---
            {kind: user, name: ann, spec: {roles: [shift], password: some good words}}
            ---
            {kind: rate-limit, name: gold, spec: {requests: 100, per: second}}
            ---
            {kind: credential, name: acme, spec: {type: basic, password: correct horse battery, groups: [partners]}}
            ---
            {kind: secret, name: db, spec: {value: nobody sees this}}
            ---
            {kind: configuration, name: com.acme, spec: {properties: "password = ${secret:db}\\n"}}
            ---
            kind: rest-channel
            name: orders
            spec: {path: /orders, methods: [GET], service: orders.get, security: {groups: [partners]}, limits: [gold]}
            """;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private NodeProcess node = new NodeProcess();
    private String password = "";

    @Before
    public void quickstart() {
        Result started = node.serai("quickstart", "--nodes", "1");
        assertThat(started.exitCode()).as(started.err()).isZero();
        Matcher shown = PASSWORD.matcher(started.out());
        assertThat(shown.find()).as(started.out()).isTrue();
        password = shown.group(1);
    }

    @After
    public void stop() {
        node.stop();
    }

    @Test
    public void givesALostAdministratorAnotherPassword() throws Exception {
        Result reset = ends(0, serai("node", "reset-admin", "node1"));

        Matcher shown = PASSWORD.matcher(reset.out());
        assertThat(shown.find()).as(reset.out()).isTrue();
        ends(5, typing(password, "login", "--user", "admin", "--password-stdin"));
        ends(0, typing(shown.group(1), "login", "--user", "admin", "--password-stdin"));
        node.stop();
        assertThat(ends(3, serai("node", "reset-admin", "node1")).err()).contains("does not run");
    }

    @Test
    public void worksWithACluster() throws Exception {
        ends(5, serai("get", "service"));
        ends(2, serai("statsu"));
        ends(5, typing("wrong password", "login", "--user", "admin", "--password-stdin"));
        Result login = ends(0, typing(password, "login", "--user", "admin", "--password-stdin"));
        assertThat(login.out() + login.err()).doesNotContain(password);

        Path source = Files.writeString(folder.getRoot().toPath().resolve("GetOrder.java"), SERVICE);
        Result deployed = ends(0, serai("deploy", source.toString()));
        assertThat(deployed.out()).contains("artifact/GetOrder.java created", "node1  ACTIVE");
        assertThat(ends(0, serai("service", "list")).out()).contains("orders.get", "GET /orders/{id}");
        assertThat(ends(0, serai("service", "invoke", "orders.get", "{\"id\":\"7\"}", "-o", "jsonpath={.answer}"))
                        .out())
                .isEqualTo("{\"id\":\"7\",\"version\":\"one\"}\n");

        changesAndComesBack(source);
        appliesAndCompares();
        letsAViewerOnlyLook();

        node.stop();
        node.start();
        ends(0, serai("get", "service"));

        ends(2, serai("servcie", "list"));
        ends(3, serai("get", "service", "order.get"));
        assertThat(serai("get", "service", "order.get").err()).contains("orders.get");
        node.stop();
        ends(6, serai("get", "service"));
    }

    @Test
    public void anExportMakesAnEqualCluster() throws Exception {
        ends(0, typing(password, "login", "--user", "admin", "--password-stdin"));
        ends(
                0,
                serai(
                        "deploy",
                        Files.writeString(file("GetOrder.java"), SERVICE).toString()));
        ends(
                0,
                serai(
                        "apply",
                        "-f",
                        Files.writeString(file("objects.yaml"), OBJECTS).toString()));
        ends(0, serai("api-key", "create", "ci", "--user", "ann", "--expires", "2099-01-01T00:00:00Z"));
        ends(0, serai("credential", "create", "scanner", "--groups", "devices"));
        String export = ends(0, serai("export")).out();
        node.stop();

        node = new NodeProcess();
        quickstart();
        ends(0, typing(password, "login", "--user", "admin", "--password-stdin"));
        ends(0, serai("apply", "-f", Files.writeString(file("all.yaml"), export).toString()));

        assertThat(ends(0, serai("export")).out()).isEqualTo(export).contains("GetOrder.java", "name: scanner");
    }

    private Path file(String name) {
        return folder.getRoot().toPath().resolve(name);
    }

    private void changesAndComesBack(Path source) throws IOException {
        Files.writeString(source, SERVICE.replace("\"one\"", "\"two\""));
        ends(0, serai("deploy", source.toString()));
        Files.writeString(source, SERVICE.replace("String version", "Text version"));
        assertThat(ends(1, serai("deploy", source.toString())).err())
                .contains("GetOrder.java:", "Text cannot be resolved");
        Files.writeString(
                source,
                SERVICE.replace(
                        "@Override", "public GetOrder() { throw new IllegalStateException(\"no luck\"); } @Override"));
        Result broken = ends(1, serai("deploy", source.toString()));
        assertThat(broken.out()).contains("node1  FAILED", "no luck");
        assertThat(broken.err()).contains("does not run on node1");
        assertThat(ends(0, serai("history", "GetOrder.java")).out().lines()).hasSize(4);
        ends(0, serai("rollback", "GetOrder.java", "--to", "2"));
        assertThat(ends(0, serai("artifact", "download", "GetOrder.java")).out())
                .isEqualTo(SERVICE);
    }

    private void appliesAndCompares() throws IOException {
        String file = Files.writeString(folder.getRoot().toPath().resolve("channel.yaml"), CHANNEL)
                .toString();
        ends(1, serai("diff", "-f", file));
        assertThat(ends(0, serai("apply", "-f", file)).out()).contains("rest-channel/by-hand created");
        assertThat(ends(0, serai("apply", "-f", file)).out()).contains("rest-channel/by-hand unchanged");
        ends(0, serai("diff", "-f", file));
        Result taken = ends(4, serai("rest-channel", "add", "by-hand", "--path", "/x"));
        assertThat(taken.err()).startsWith("Error: ").contains("id=");
        ends(0, serai("rest-channel", "set", "by-hand", "--method", "GET", "--method", "POST"));
        assertThat(ends(1, serai("diff", "-f", file)).out()).contains("/spec/methods");
        String export = ends(0, serai("export")).out();
        Path all = Files.writeString(folder.getRoot().toPath().resolve("all.yaml"), export);
        assertThat(ends(0, serai("apply", "-f", all.toString())).out()).doesNotContain("created", "configured");
        assertThat(ends(0, serai("export")).out()).isEqualTo(export);
        ends(0, serai("delete", "rest-channel", "by-hand"));
        ends(3, serai("delete", "rest-channel", "by-hand"));
    }

    private void letsAViewerOnlyLook() throws IOException {
        String words = "some words to remember";
        ends(0, typing(words, "user", "add", "vera", "--role", "viewer", "--password-stdin"));
        ends(0, typing(words, "login", "--user", "vera", "--password-stdin", "--profile", "vera"));
        ends(0, serai("get", "service"));
        ends(5, serai("delete", "artifact", "GetOrder.java"));
        ends(5, serai("user", "set", "vera", "--role", "admin"));
        ends(0, serai("context", "use", "default"));
        ends(0, serai("role", "add", "listener", "--permission", "{\"kinds\":[\"service\"],\"verbs\":[\"read\"]}"));
        ends(0, serai("user", "set", "vera", "--role", "listener"));
        assertThat(ends(4, serai("delete", "role", "listener")).err()).contains("user/vera");
        ends(0, serai("get", "user"));
    }

    private static Result ends(int code, Result result) {
        assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(code);
        return result;
    }

    private Result serai(String... words) {
        return node.serai(environment(), words);
    }

    /** Runs a command with something on its standard input. */
    private Result typing(String input, String... words) throws IOException {
        Map<String, String> environment = new TreeMap<>(environment());
        environment.put("TYPED", input);
        List<String> command = new ArrayList<>(
                List.of("sh", "-c", "printf '%s\\n' \"$TYPED\" | \"$@\"", "sh", node.launcher(), "--home"));
        command.add(node.home().toString());
        command.addAll(List.of(words));
        return CommandLine.run(command, environment);
    }

    private Map<String, String> environment() {
        return Map.of(
                "XDG_CONFIG_HOME", folder.getRoot().toPath().resolve("config").toString(),
                "XDG_CACHE_HOME", folder.getRoot().toPath().resolve("cache").toString());
    }
}
