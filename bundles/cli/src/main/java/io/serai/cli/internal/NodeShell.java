package io.serai.cli.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ChannelShell;
import org.apache.sshd.client.channel.ClientChannel;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** The shell of a node on this machine. It lets itself be connected to the node that holds the host key, and to no other. */
final class NodeShell implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final SshClient client;
    private final ClientSession session;

    NodeShell(NodeKeys keys, int port) throws IOException, GeneralSecurityException {
        client = SshClient.setUpDefaultClient();
        PublicKey host = keys.host().getPublic();
        client.setServerKeyVerifier((s, address, key) -> KeyUtils.compareKeys(key, host));
        client.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
        client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
        client.start();
        try {
            session = client.connect(keys.user(), "127.0.0.1", port)
                    .verify(PATIENCE)
                    .getSession();
            session.addPublicKeyIdentity(keys.shell());
            session.auth().verify(PATIENCE);
        } catch (IOException | GeneralSecurityException e) {
            client.stop();
            throw e;
        }
    }

    /** Runs one command without input, and returns its exit code. */
    int run(String command, OutputStream out, OutputStream err) throws IOException {
        try (ChannelExec channel = session.createExecChannel(command)) {
            channel.setIn(InputStream.nullInputStream());
            channel.setOut(out);
            channel.setErr(err);
            return finish(channel).orElseThrow(() -> new IOException("the node ended the session"));
        }
    }

    /** Connects the terminal of this process to the shell until one of them ends it, and returns the exit code. */
    int open() throws IOException {
        try (Terminal terminal = TerminalBuilder.builder().system(true).build();
                ChannelShell channel = session.createShellChannel()) {
            Attributes before = terminal.enterRawMode();
            try {
                channel.setPtyType(terminal.getType());
                channel.setPtyColumns(terminal.getWidth());
                channel.setPtyLines(terminal.getHeight());
                channel.setIn(terminal.input());
                channel.setOut(terminal.output());
                channel.setErr(terminal.output());
                terminal.handle(Terminal.Signal.WINCH, signal -> resize(terminal, channel));
                Optional<Integer> status = finish(channel);
                if (status.isEmpty() && !listens()) {
                    throw new IOException("the node ended the session");
                }
                // who logs out is at times disconnected before the status is told
                return status.orElse(0);
            } finally {
                terminal.setAttributes(before);
            }
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(session.getConnectAddress(), (int) PATIENCE.toMillis());
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void resize(Terminal terminal, ChannelShell channel) {
        try {
            channel.sendWindowChange(terminal.getWidth(), terminal.getHeight());
        } catch (IOException e) {
            channel.close(false);
        }
    }

    private static Optional<Integer> finish(ClientChannel channel) throws IOException {
        channel.open().verify(PATIENCE);
        channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), Duration.ZERO);
        return Optional.ofNullable(channel.getExitStatus());
    }

    @Override
    public void close() {
        session.close(true);
        client.stop();
    }
}
