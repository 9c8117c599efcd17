package io.serai.itests.parity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.serai.itests.node.CommandLine;
import io.serai.itests.node.CommandLine.Result;
import io.serai.itests.node.NodeProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The three faces of a node, for a user with a password. */
final class Faces {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final NodeProcess node;
    private final Path folder;
    private final String user;
    private final String password;

    /** Keeps what it needs in a folder. */
    Faces(NodeProcess node, Path folder, String user, String password) {
        this.node = node;
        this.folder = folder;
        this.user = user;
        this.password = password;
    }

    /** Runs a command of the Karaf shell, which the user reaches by SSH, with the text of a file as its input. */
    Result shell(String command, Path input) throws IOException {
        Path askpass = folder.resolve("askpass");
        if (!Files.exists(askpass)) {
            Files.writeString(askpass, "#!/bin/sh\necho \"$SSH_PASSWORD\"\n");
            Files.setPosixFilePermissions(askpass, PosixFilePermissions.fromString("rwx------"));
        }
        Map<String, String> environment =
                Map.of("SSH_ASKPASS", askpass.toString(), "SSH_ASKPASS_REQUIRE", "force", "SSH_PASSWORD", password);
        List<String> words =
                new ArrayList<>(List.of("sh", "-c", "exec \"$@\" < \"$0\"", input.toString(), "ssh", "-p"));
        words.add(Integer.toString(node.basePort() + 101));
        words.addAll(List.of("-oPreferredAuthentications=password", "-oNumberOfPasswordPrompts=1"));
        words.addAll(List.of("-oStrictHostKeyChecking=no", "-oUserKnownHostsFile=/dev/null", "-oLogLevel=ERROR"));
        words.addAll(List.of(user + "@127.0.0.1", command));
        return CommandLine.run(words, environment);
    }

    /** Runs a command of the Karaf shell that is to succeed, without input. */
    String shell(String command) throws IOException {
        Result result = shell(command, Path.of("/dev/null"));
        // Karaf closes the connection so soon that ssh at times has not read the exit code, which is 255 then
        if (result.exitCode() == 1) {
            throw new AssertionError(command + ": " + result.out() + result.err());
        }
        return result.out();
    }

    JsonNode shellJson(String command) throws IOException {
        return JSON.readTree(shell(command));
    }

    /** Logs in to the command line, as on a machine that has no node. */
    void login() throws IOException {
        Map<String, String> environment = new TreeMap<>(environment());
        environment.put("TYPED", password);
        List<String> words = new ArrayList<>(List.of("sh", "-c", "printf '%s\\n' \"$TYPED\" | \"$@\"", "sh"));
        words.addAll(launcher());
        words.addAll(List.of("login", "https://localhost:" + node.adminPort(), "--user", user, "--password-stdin"));
        words.addAll(
                List.of("--ca", node.folder().resolve("identity/authority.crt").toString()));
        Result result = CommandLine.run(words, environment);
        if (result.exitCode() != 0) {
            throw new AssertionError("serai login: " + result.err());
        }
    }

    /** Runs a command of the command line. */
    Result serai(String... words) throws IOException {
        List<String> command = new ArrayList<>(launcher());
        command.addAll(List.of(words));
        return CommandLine.run(command, environment());
    }

    private List<String> launcher() {
        return List.of(node.launcher(), "--home", folder.resolve("no-node").toString());
    }

    /** Returns what the command line completes a line with, whose last word is unfinished. */
    List<String> completed(String... words) throws IOException {
        List<String> all = new ArrayList<>(List.of("__complete"));
        all.addAll(List.of(words));
        return serai(all.toArray(String[]::new)).out().lines().toList();
    }

    /** Returns what the REST API says of itself. */
    JsonNode openApi() throws IOException {
        String url = "https://localhost:" + node.adminPort() + "/api/v1/openapi.json";
        Path authority = node.folder().resolve("identity/authority.crt");
        return JSON.readTree(CommandLine.succeed(
                "curl", "-sSf", "--cacert", authority.toString(), "-u", user + ":" + password, url));
    }

    private Map<String, String> environment() {
        return Map.of(
                "XDG_CONFIG_HOME", folder.resolve("config-" + user).toString(),
                "XDG_CACHE_HOME", folder.resolve("cache").toString());
    }
}
