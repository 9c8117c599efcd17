package io.serai.cli.internal.line;

import static org.assertj.core.api.Assertions.assertThat;

import io.serai.cli.internal.line.TestTerminal.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

public class LoginTest {
    private static final String PASSWORD = "correct horse battery";

    @Rule
    public final TestCluster cluster = new TestCluster();

    @Rule
    public final TestTerminal terminal = new TestTerminal();

    @Before
    public void letAnnIn() {
        cluster.on(
                "POST /api/v1/login",
                200,
                "{\"user\":\"ann\",\"roles\":[\"admin\"],\"token\":\"session-1\",\"expires\":\"2030-01-01T00:00:00Z\"}");
        cluster.on("GET /api/v1/service", 200, "{\"kind\":\"service\",\"items\":[],\"total\":0}");
    }

    @Test
    public void aLoginIsKeptForItsOwnerAndUsedUntilTheLogout() throws Exception {
        Path authority = cluster.writePem(terminal.getRoot().toPath().resolve("authority.crt"));

        Result login = terminal.typing(PASSWORD + "\n")
                .serai("login", cluster.url(), "--user", "ann", "--password-stdin", "--ca", authority.toString());

        assertThat(login.code()).as(login.err()).isZero();
        assertThat(login.out()).contains("as ann").doesNotContain(PASSWORD, "session-1");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(terminal.config())))
                .isEqualTo("rw-------");
        assertThat(terminal.config()).content().contains("session-1").doesNotContain(PASSWORD);
        assertThat(terminal.serai("get", "service").code()).isZero();
        assertThat(cluster.last().headers()).containsEntry("Authorization", "Bearer session-1");

        cluster.on("DELETE /api/v1/login", 204, "");
        assertThat(terminal.serai("logout").code()).isZero();
        assertThat(cluster.last().method()).isEqualTo("DELETE");
        assertThat(terminal.config()).content().doesNotContain("session-1");
        Result after = terminal.serai("get", "service");
        assertThat(after.code()).isEqualTo(5);
        assertThat(after.err()).contains("not logged in", "Hint: serai login " + cluster.url());
    }

    @Test
    public void aServerThatNobodyKnowsIsSentNoPassword() throws Exception {
        Result unknown = terminal.typing(PASSWORD).serai("login", cluster.url(), "--user", "ann", "--password-stdin");
        Result other =
                terminal.serai("login", cluster.url(), "--user", "ann", "--password-stdin", "--fingerprint", "00:11");

        assertThat(unknown.code()).isEqualTo(6);
        assertThat(unknown.err()).contains("SHA-256", "--ca FILE");
        assertThat(other.code()).isEqualTo(6);
        assertThat(other.err()).contains("another fingerprint");
        assertThat(terminal.config()).doesNotExist();

        Result known = terminal.serai(
                "login", cluster.url(), "--user", "ann", "--password-stdin", "--fingerprint", cluster.fingerprint());
        assertThat(known.code()).as(known.err()).isZero();
        assertThat(cluster.last().body()).contains(PASSWORD);
        assertThat(terminal.serai("get", "service").code()).isZero();
    }

    @Test
    public void aWrongPasswordEndsWithFive() throws Exception {
        terminal.in(cluster);
        cluster.refuse("POST /api/v1/login", 401, "There is no such user with this password");

        Result refused = terminal.typing("x").serai("login", cluster.url(), "-u", "ann", "--password-stdin");

        assertThat(refused.code()).isEqualTo(5);
        assertThat(refused.err()).contains("Error: There is no such user with this password.", "id=c-401");
        assertThat(terminal.config()).doesNotExist();
    }

    @Test
    public void withoutATerminalThePasswordIsNotAskedFor() throws Exception {
        terminal.in(cluster);

        Result refused = terminal.serai("login", cluster.url(), "--user", "ann");

        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("--password-stdin");
    }

    @Test
    public void profilesAreChosenByName() throws Exception {
        terminal.in(cluster).typing(PASSWORD);
        terminal.serai("login", cluster.url(), "-u", "ann", "--password-stdin", "--profile", "here");
        terminal.typing(PASSWORD).serai("login", cluster.url(), "-u", "ann", "--password-stdin", "--profile", "there");
        terminal.environment.remove("SERAI_URL");

        assertThat(terminal.serai("context", "list").out().lines().filter(line -> line.startsWith("*")))
                .singleElement()
                .asString()
                .contains("there");
        assertThat(terminal.serai("context", "use", "here").code()).isZero();
        assertThat(terminal.serai("context", "show").out()).contains("(profile here)");
        assertThat(terminal.serai("--profile", "there", "context", "show").out())
                .contains("(profile there)");
        Result absent = terminal.serai("get", "service", "--profile", "hre");
        assertThat(absent.code()).isEqualTo(3);
        assertThat(absent.err()).contains("Did you mean 'here'?");
        terminal.serai("context", "remove", "there");
        assertThat(terminal.serai("context").out()).doesNotContain("there");
    }

    @Test
    public void onTheMachineOfANodeNothingNeedsToBeSaid() throws Exception {
        Path node = Files.createDirectories(terminal.nodes().resolve("node1/run"));
        Files.writeString(
                node.resolve("pid"), ProcessHandle.current().pid() + " 1 " + (cluster.port() - 361) + " 1700000000\n");
        cluster.writePem(Files.createDirectories(terminal.nodes().resolve("node1/identity"))
                .resolve("authority.crt"));

        Result login = terminal.typing(PASSWORD).serai("login", "--user", "ann", "--password-stdin");

        assertThat(login.code()).as(login.err()).isZero();
        assertThat(terminal.serai("get", "service").code()).isZero();
    }

    @Test
    public void aClusterThatIsNotThereEndsWithSix() throws Exception {
        terminal.in(cluster);
        terminal.environment.put("SERAI_URL", "https://localhost:1");

        Result unreachable = terminal.serai("get", "service");

        assertThat(unreachable.code()).isEqualTo(6);
        assertThat(unreachable.err())
                .startsWith("Error: localhost:1 cannot be reached.")
                .contains("Hint: ");
    }

    @Test
    public void somethingElseThanAUrlIsRefused() {
        for (String url : new String[] {"http://localhost:8441", "https://", "https://a b", "https://ann:pw@host"}) {
            assertThat(terminal.serai("login", url).code()).as(url).isEqualTo(2);
        }
    }
}
