package io.serai.itests.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serai.itests.node.CommandLine;
import io.serai.itests.node.CommandLine.Result;
import io.serai.itests.node.NodeProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.keyverifier.AcceptAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.junit.ClassRule;
import org.junit.Test;

/** What a node that was just started offers to whom. */
public class ExposureIT {
    @ClassRule
    public static final NodeProcess NODE = new NodeProcess();

    @Test
    public void listensForServicesTheShellAdministrationAndOtherNodesOnly() throws IOException {
        int base = NODE.basePort();
        assertThat(ListeningSocket.of(NODE.pid()))
                .extracting(ListeningSocket::port)
                .containsOnly(NODE.httpPort(), shellPort(), base + 361, base + 701);
    }

    @Test
    public void isThereForThisMachineOnly() throws IOException {
        assertThat(ListeningSocket.of(NODE.pid()))
                .extracting(ListeningSocket::address)
                .allMatch(InetAddress::isLoopbackAddress);
    }

    @Test
    public void acceptsNoPassword() throws IOException {
        for (String user : List.of("karaf", "admin", "root", System.getProperty("user.name"))) {
            assertThatThrownBy(() -> login(user, "karaf")).as(user).hasMessageContaining("No more authentication");
        }
    }

    private static void login(String user, String password) throws IOException {
        try (SshClient client = SshClient.setUpDefaultClient()) {
            client.setServerKeyVerifier(AcceptAllServerKeyVerifier.INSTANCE);
            client.start();
            try (ClientSession session = client.connect(user, "127.0.0.1", shellPort())
                    .verify(10_000)
                    .getSession()) {
                session.addPasswordIdentity(password);
                session.auth().verify(10_000);
            }
        }
    }

    @Test
    public void keepsItsKeysFromOtherUsers() throws IOException {
        Path etc = NODE.folder().resolve("etc");
        for (String key : List.of("host.key", "shell.key", "keys.properties")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(etc.resolve(key))))
                    .isEqualTo("rw-------");
        }
        for (String key : List.of("node.key", "authority.key")) {
            Path file = NODE.folder().resolve("identity").resolve(key);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(NODE.folder())))
                .isEqualTo("rwx------");
    }

    @Test
    public void runsCommandsForTheOwnerWithoutInput() throws IOException {
        Result found = NODE.serai("shell", "bundle:list -t 0");
        assertThat(found.exitCode()).isZero();
        assertThat(found.out()).contains("Serai API").doesNotContain("\u001b");
        assertThat(NODE.serai("shell", "no:such-command").exitCode()).isEqualTo(1);

        Result closed = CommandLine.run(
                List.of(
                        "bash",
                        "-c",
                        "\"$0\" --home \"$1\" shell 'bundle:list -t 0' <&-",
                        NODE.launcher(),
                        NODE.home().toString()),
                Map.of());
        assertThat(closed.out()).as(closed.err()).contains("Serai API");
    }

    private static int shellPort() {
        return NODE.basePort() + 101;
    }
}
