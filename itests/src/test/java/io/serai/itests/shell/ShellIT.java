package io.serai.itests.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.serai.itests.node.CommandLine;
import io.serai.itests.node.CommandLine.Result;
import io.serai.itests.node.NodeProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What commands print, with which exit code, and what the shell completes. */
public class ShellIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static final String SOURCE =
            """
            import io.serai.api.service.*;
            @ServiceInfo(name = "calc.divide", description = "Divides")
            public class Divide implements Service<Divide.In, Divide.Out> {
                public record In(int dividend, int divisor) {}
                public record Out(int quotient) {}
                @Override public Out handle(In in, Context context) {
                    if (in.divisor() < 0) {
                        throw ServiceException.conflict("Divisor " + in.divisor() + " is out of fashion");
                    }
                    return new Out(in.dividend() / in.divisor());
                }
            }
            """;

    @ClassRule
    public static final NodeProcess NODE = new NodeProcess();

    @ClassRule
    public static final TemporaryFolder FOLDER = new TemporaryFolder();

    /** Of a node on which nothing has been done yet, and so before anything is deployed. */
    @BeforeClass
    public static void listsNothingAsJsonAndDeploys() throws IOException {
        assertThat(json("service:list --json")).isEmpty();
        assertThat(json("deploy:list --json")).isEmpty();
        await("the state was created, a cluster founded with this node, and its administrator made")
                .atMost(LIMIT)
                .until(() -> json("state:log --json").size() == 3);
        NODE.deploy("Divide.java", SOURCE);
        NODE.deploy("Divide.java", SOURCE.replace("Divides", "Divides numbers"));
    }

    @Test
    public void whoHasAKeyMayDoWhatItsRolesSay() throws IOException {
        Path key = FOLDER.getRoot().toPath().resolve("key");
        CommandLine.succeed("ssh-keygen", "-q", "-t", "rsa", "-N", "", "-f", key.toString());
        String known = Files.readString(key.resolveSibling("key.pub")).split(" ", -1)[1];
        allow("ann = " + known + ",_g_:admingroup");
        assertThat(ssh(key, "ann", "service:list").out()).contains("calc.divide");
        assertThat(ssh(key, "ann", "bundle:list").out()).contains("Serai");

        allow("eve = " + known + ",viewer");
        Result refused = ssh(key, "eve", "service:list");
        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.err()).contains("Permission denied");

        allow("vic = " + known + ",viewer,ssh");
        assertThat(ssh(key, "vic", "service:list").out()).contains("calc.divide");
        Result undone = ssh(key, "vic", "state:revert HEAD");
        assertThat(undone.exitCode()).isNotZero();
        assertThat(undone.out()).contains("User vic may not revert revision");
    }

    /** Of Karaf's own commands, those that reach around the rights of the cluster. */
    @Test
    public void whoIsNoAdministratorHasNoOtherCommands() throws IOException {
        Path key = FOLDER.getRoot().toPath().resolve("viewers-key");
        CommandLine.succeed("ssh-keygen", "-q", "-t", "rsa", "-N", "", "-f", key.toString());
        allow("mia = " + Files.readString(key.resolveSibling("viewers-key.pub")).split(" ", -1)[1] + ",viewer,ssh");
        Path made = FOLDER.getRoot().toPath().resolve("made");

        for (String command : List.of(
                "bundle:list",
                "config:list",
                "feature:list",
                "log:display",
                "package:exports",
                "system:shutdown -f",
                "cat /etc/hostname",
                "grep a /etc/hostname",
                "exec id",
                "source /etc/hostname",
                "serai:whoami > " + made,
                "($.session getClass)",
                "\"abc\" length",
                "new java.io.File /tmp")) {
            Result refused = ssh(key, "mia", command);
            assertThat(refused.exitCode()).as(command + refused.out()).isNotZero();
            assertThat(refused.out()).as(command).containsAnyOf("Command not found", "Insufficient credentials");
        }

        assertThat(made).doesNotExist();
        assertThat(ssh(key, "mia", "serai:whoami").out()).startsWith("mia from local, with roles");
    }

    private static void allow(String line) throws IOException {
        Files.writeString(NODE.folder().resolve("etc/keys.properties"), "\n" + line + "\n", StandardOpenOption.APPEND);
    }

    private static Result ssh(Path key, String user, String command) throws IOException {
        return CommandLine.run(
                List.of(
                        "ssh",
                        "-i",
                        key.toString(),
                        "-p",
                        Integer.toString(NODE.basePort() + 101),
                        "-oBatchMode=yes",
                        "-oIdentitiesOnly=yes",
                        "-oStrictHostKeyChecking=no",
                        "-oUserKnownHostsFile=/dev/null",
                        user + "@127.0.0.1",
                        command),
                Map.of());
    }

    @Test
    public void describesServicesAsJson() throws IOException {
        assertThat(json("service:list --json"))
                .singleElement()
                .satisfies(service -> assertThat(service.path("name").asText()).isEqualTo("calc.divide"));
        JsonNode info = json("service:info calc.divide --json");
        assertThat(keys(info))
                .containsExactly(
                        "name",
                        "description",
                        "rest",
                        "workload",
                        "timeoutMillis",
                        "input",
                        "output",
                        "owner",
                        "bundleId",
                        "className",
                        "statistics");
        JsonNode call = json("service:invoke calc.divide dividend=7 divisor=2 --json");
        assertThat(keys(call)).containsExactly("correlationId", "status", "headers", "millis", "answer");
        assertThat(call.path("answer").path("quotient").asInt()).isEqualTo(3);
    }

    @Test
    public void describesArtifactsAndCommitsAsJson() throws IOException {
        assertThat(keys(json("deploy:list --json").get(0)))
                .containsExactly("path", "state", "message", "detail", "wanted", "serving", "since");
        JsonNode info = json("deploy:info Divide.java --json");
        assertThat(info.path("pathInTree").asText()).isEqualTo("deploy/Divide.java");
        assertThat(info.path("history")).hasSize(2);
        assertThat(keys(json("state:log --json --limit 1").get(0)))
                .containsExactly("commit", "parents", "author", "face", "time", "message");
        assertThat(keys(json("state:diff --json"))).containsExactly("from", "to", "files", "patch");
        assertThat(json("state:show --json").path("files").get(0).path("path").asText())
                .isNotEmpty();
        JsonNode file = json("state:show HEAD Divide.java --json");
        assertThat(keys(file)).containsExactly("commit", "path", "blob", "bytes", "text");
        assertThat(file.path("text").asText()).contains("class Divide");
    }

    @Test
    public void tellsChangesAsJson() throws IOException {
        Path config = Files.writeString(FOLDER.getRoot().toPath().resolve("a.cfg"), "a = 1\n");
        String put = "state:put config/acme.shell.cfg '" + config + "' --json";
        assertThat(keys(json(put))).containsExactly("result", "commit", "artifacts", "nodes", "silent");
        JsonNode again = json(put);
        assertThat(again.path("result").asText()).isEqualTo("unchanged");
        assertThat(again.path("artifacts")).isEmpty();
        assertThat(json("state:remove acme.shell.cfg --json").path("result").asText())
                .isEqualTo("done");
        assertThat(json("state:revert HEAD --json")
                        .path("artifacts")
                        .get(0)
                        .path("state")
                        .asText())
                .isEqualTo("ACTIVE");
        assertThat(json("deploy:rollback --all --to HEAD~1 --json")
                        .path("result")
                        .asText())
                .isEqualTo("done");
    }

    @Test
    public void saysWhyACallFailed() {
        assertFailed("service:invoke calc.divid dividend=1", "calc.divid", "did you mean calc.divide?");
        assertFailed("service:invoke calc.divide '{\"dividend\": 1,'", "calc.divide", "INVALID", "line 1");
        assertFailed("service:invoke calc.divide dividend=1", "INVALID", "divisor");
        assertFailed("service:invoke calc.divide dividend=one divisor=1", "INVALID", "dividend");
        assertFailed("service:invoke calc.divide dividend=1 divisor=-1", "CONFLICT", "Divisor -1 is out of fashion");

        Result broken = assertFailed("service:invoke calc.divide dividend=1 divisor=0", "correlation id");
        assertThat(broken.out()).doesNotContain("ArithmeticException", "at Divide");
        String id = broken.out().replaceAll("(?s).*correlation id ([-0-9a-f]{36}).*", "$1");
        assertThat(NODE.log()).contains(id, "/ by zero");
    }

    @Test
    public void failsWithAnExitCodeAndWithoutJson() {
        assertFailed("service:info nothing --json", "nothing");
        assertFailed("deploy:info nothing.jar --json", "nothing.jar");
        assertFailed("deploy:rollback --json", "--all");
        assertFailed("state:show nowhere --json", "nowhere");
        assertFailed("state:diff HEAD~99 --json", "HEAD~99");
        assertFailed("state:log --limit none --json", "--limit");
        assertFailed("state:put objects/nothing.yaml /nowhere --json", "/nowhere");
        assertFailed("state:remove nothing --json", "nothing");
        assertFailed("state:revert nowhere --json", "nowhere");
        assertFailed("service:list --jsno", "--jsno");
        assertThat(NODE.serai("shell").exitCode())
                .as("neither a terminal nor a command")
                .isEqualTo(2);
    }

    @Test
    public void completesNamesAtATerminal() throws IOException, InterruptedException {
        Path screen = FOLDER.newFile("screen").toPath();
        String shell = "'%s' --home '%s' --base-port %d shell".formatted(NODE.launcher(), NODE.home(), NODE.basePort());
        ProcessBuilder builder = new ProcessBuilder("script", "-qefc", shell, "/dev/null");
        builder.environment().put("TERM", "xterm");
        Process terminal = builder.redirectErrorStream(true)
                .redirectOutput(screen.toFile())
                .start();
        try (OutputStream keys = terminal.getOutputStream()) {
            awaitScreen(screen, "node1");
            type(keys, "service:inf\t");
            awaitScreen(screen, "service:info ");
            type(keys, "calc\t");
            awaitScreen(screen, "calc.divide");
            type(keys, "\r");
            awaitScreen(screen, "Divide.java");
            type(keys, "deploy:info Div\t");
            awaitScreen(screen, "deploy:info Divide.java");
            type(keys, "\rexit\r");
            assertThat(terminal.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(terminal.exitValue()).isZero();
        } finally {
            terminal.destroyForcibly();
        }
    }

    private static void type(OutputStream keys, String text) throws IOException {
        keys.write(text.getBytes(StandardCharsets.US_ASCII));
        keys.flush();
    }

    private static void awaitScreen(Path screen, String text) {
        await(text + " on the screen").atMost(LIMIT).until(() -> Files.readString(screen)
                .replaceAll("\u001b\\[[0-9;?]*[a-zA-Z]", "")
                .contains(text));
    }

    private static JsonNode json(String command) throws IOException {
        Result result = NODE.serai("shell", command);
        assertThat(result.exitCode())
                .as("%s: %s%s", command, result.out(), result.err())
                .isZero();
        return JSON.readTree(result.out());
    }

    private static List<String> keys(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static Result assertFailed(String command, String... words) {
        Result result = NODE.serai("shell", command);
        assertThat(result.exitCode()).as("%s: %s", command, result.out()).isEqualTo(1);
        assertThat(result.out() + result.err()).as(command).contains(words).doesNotContain("\tat ", "{\n");
        return result;
    }
}
