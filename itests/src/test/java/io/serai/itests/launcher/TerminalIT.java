package io.serai.itests.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.serai.itests.node.CommandLine;
import io.serai.itests.node.NodeProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What a terminal shows of the command line: completion of each shell, progress, and what goes on by itself. */
public class TerminalIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int LARGE = 20_000_000;

    @ClassRule
    public static final NodeProcess NODE = new NodeProcess();

    @ClassRule
    public static final TemporaryFolder FOLDER = new TemporaryFolder();

    @BeforeClass
    public static void logIn() throws IOException {
        Path serai = Files.createDirectories(path("bin")).resolve("serai");
        Files.writeString(
                serai,
                "#!/bin/sh\nexec '%s' --home '%s' --base-port %d \"$@\"\n"
                        .formatted(NODE.launcher(), NODE.home(), NODE.basePort()));
        Files.setPosixFilePermissions(serai, PosixFilePermissions.fromString("rwxr-xr-x"));
        sh("echo " + NodeProcess.ADMIN_PASSWORD + " | serai login --user admin --password-stdin");
        sh("serai rest-channel set people --path /people --method GET --service hello");
        for (String shell : new String[] {"bash", "zsh", "fish"}) {
            Files.writeString(path(shell), sh("serai completion " + shell));
        }
    }

    private static Path path(String name) {
        return FOLDER.getRoot().toPath().resolve(name);
    }

    private static Map<String, String> environment() {
        Map<String, String> environment = new TreeMap<>();
        environment.put("PATH", path("bin") + ":" + System.getenv("PATH"));
        environment.put("HOME", FOLDER.getRoot().toString());
        environment.put("XDG_CONFIG_HOME", path("config").toString());
        environment.put("XDG_CACHE_HOME", path("cache").toString());
        environment.put("TERM", "xterm");
        return environment;
    }

    private static String sh(String... words) throws IOException {
        String[] command = words.length == 1 ? new String[] {"sh", "-c", words[0]} : words;
        CommandLine.Result result = CommandLine.run(List.of(command), environment());
        assertThat(result.exitCode())
                .as(command[command.length - 1] + result.err())
                .isZero();
        return result.out();
    }

    /** The cluster has some tenths of a second to answer, and a busy machine may need a second try. */
    private static void awaitCompletion(String word, String... command) {
        await(word + " proposed by " + command[0])
                .atMost(LIMIT)
                .until(() -> sh(command).lines().anyMatch(line -> line.strip().equals(word)));
    }

    @Test
    public void fishCompletesKindsVerbsAndNames() {
        String begin = "source " + path("fish") + "; complete -C";
        awaitCompletion("rest-channel", "fish", "-c", begin + "'serai get rest-'");
        awaitCompletion("rollback", "fish", "-c", begin + "'serai artifact rollb'");
        awaitCompletion("people", "fish", "-c", begin + "'serai get rest-channel pe'");
        awaitCompletion("--cascade", "fish", "-c", begin + "'serai delete rest-channel people --casc'");
    }

    @Test
    public void bashCompletesKindsVerbsAndNames() {
        String begin = "source " + path("bash") + "; COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _serai; ";
        String end = "printf '%s\\n' \"${COMPREPLY[@]}\"";
        awaitCompletion("rest-channel", "bash", "-c", "COMP_WORDS=(serai get rest-); " + begin + end);
        awaitCompletion("people", "bash", "-c", "COMP_WORDS=(serai rest-channel get pe); " + begin + end);
    }

    @Test
    public void zshCompletesAtATerminal() throws Exception {
        Path screen = FOLDER.newFile().toPath();
        Process zsh = terminal("zsh -f -i", screen);
        try (OutputStream keys = zsh.getOutputStream()) {
            type(keys, "autoload -Uz compinit; compinit -u -D; source " + path("zsh") + "; PS1='re''ady '\r");
            awaitScreen(screen, "ready ");
            await("a channel completed").atMost(LIMIT).until(() -> {
                type(keys, "\u0015serai get rest-\t");
                return shows(screen, "serai get rest-channel");
            });
            await("a name completed").atMost(LIMIT).until(() -> {
                type(keys, "\u0015serai get rest-channel pe\t");
                return shows(screen, "serai get rest-channel people");
            });
        } finally {
            zsh.destroyForcibly();
        }
    }

    @Test
    public void progressIsABarThatIsGoneAfterwards() throws Exception {
        Path large = Files.write(path("large.txt"), new byte[LARGE]);
        Path screen = FOLDER.newFile().toPath();
        Process deploy = terminal("serai deploy " + large + " --wait none", screen);
        assertThat(deploy.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();

        String shown = Files.readString(screen);
        assertThat(shown).contains("large.txt [###", "100 %", "\r");
        assertThat(shown.substring(shown.lastIndexOf('\r', shown.length() - 3)))
                .contains("artifact/large.txt created")
                .doesNotContain("[");
        assertThat(sh("serai deploy " + large + " --wait none")).isEqualTo("artifact/large.txt unchanged\n");
    }

    @Test
    public void historyGoesOnAsChangesHappen() throws Exception {
        Path screen = FOLDER.newFile().toPath();
        Process history = terminal("serai history --follow --limit 2", screen);
        try {
            awaitScreen(screen, "admin  rest  ");
            sh("serai role add listener --permission '{\"kinds\":[\"service\"],\"verbs\":[\"read\"]}'");
            awaitScreen(screen, "admin  rest  Created role/listener");
        } finally {
            history.destroyForcibly();
        }
    }

    private static Process terminal(String command, Path screen) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("script", "-qefc", command, "/dev/null");
        builder.environment().putAll(environment());
        return builder.redirectErrorStream(true).redirectOutput(screen.toFile()).start();
    }

    private static void type(OutputStream keys, String text) throws IOException {
        keys.write(text.getBytes(StandardCharsets.US_ASCII));
        keys.flush();
    }

    private static void awaitScreen(Path screen, String text) {
        await(text + " on the screen").atMost(LIMIT).until(() -> shows(screen, text));
    }

    private static boolean shows(Path screen, String text) throws IOException {
        return Files.readString(screen)
                .replaceAll("\u001b\\[[0-9;?]*[a-zA-Z]", "")
                .contains(text);
    }
}
