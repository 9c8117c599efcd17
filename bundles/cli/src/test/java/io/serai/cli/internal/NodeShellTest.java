package io.serai.cli.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.List;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.shell.ProcessShellCommandFactory;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class NodeShellTest {
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final SshServer server = SshServer.setUpDefaultServer();
    private Path etc;

    @Before
    public void startServer() throws Exception {
        etc = nodeWithKeys("node");
        NodeKeys keys = new NodeKeys(etc);
        server.setHost("127.0.0.1");
        server.setKeyPairProvider(KeyPairProvider.wrap(keys.host()));
        server.setPublickeyAuthenticator((user, key, session) -> user.equals("ann") && known(keys, key));
        server.setCommandFactory(new ProcessShellCommandFactory());
        server.start();
    }

    private static boolean known(NodeKeys keys, PublicKey key) {
        try {
            return KeyUtils.compareKeys(keys.shell().getPublic(), key);
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private Path nodeWithKeys(String name) throws Exception {
        Path etc = folder.newFolder(name).toPath();
        Files.writeString(etc.resolve("keys.properties"), "");
        new NodeKeys(etc).create("ann");
        return etc;
    }

    @After
    public void stopServer() throws IOException {
        server.stop(true);
    }

    @Test
    public void printsWhatACommandPrintsAndEndsAsItEnds() {
        assertThat(shell(etc, "echo ready")).isZero();
        assertThat(out).hasToString("ready\n");

        assertThat(shell(etc, "expr 1 / 0")).isEqualTo(2);
    }

    @Test
    public void refusesANodeWithAnotherHostKey() throws Exception {
        Path other = nodeWithKeys("other");

        assertThat(shell(other, "echo ready")).isEqualTo(1);
        assertThat(out.size()).isZero();
        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("Error: ");
    }

    private int shell(Path etc, String command) {
        return Main.run(
                List.of("shell", etc.toString(), Integer.toString(server.getPort()), command),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }
}
