package io.serai.itests.cluster;

import io.serai.itests.node.CommandLine;
import io.serai.itests.node.CommandLine.Result;
import io.serai.itests.node.NodeProcess;
import io.serai.itests.node.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What somebody has who works with the state of a cluster by Git. */
final class GitClone {
    private static final String PASSWORD = NodeProcess.ADMIN_PASSWORD;
    private static final String READER =
            """
            kind: role
            name: reader
            spec:
              permissions: [{kinds: [state], verbs: [read]}]
            """;
    private static final String VIC =
            """
            kind: user
            name: vic
            spec:
              roles: [reader]
              passwordHash: $argon2id$v=19$m=19456,t=2,p=1$8x6LrUL6aYlNQaHJ9wq0yg$VDEqVmgL1FEykLXgrKaFCc6QJ1Qcwmccg3BTNAvmBnI
            """;

    private final Path folder = Scratch.folder("clone");
    private final Map<String, String> environment;

    /** Returns the clone of somebody who may do everything. */
    static GitClone ofAdministrator(NodeProcess node) throws IOException {
        return new GitClone(node, "admin");
    }

    /** Returns the clone of somebody who may see everything, and change nothing. */
    static GitClone ofViewer(NodeProcess node) throws IOException {
        GitClone administrator = ofAdministrator(node);
        administrator.commit("objects/role/reader.yaml", READER);
        administrator.succeed("push");
        administrator.commit("objects/user/vic.yaml", VIC);
        administrator.succeed("push");
        return new GitClone(node, "vic");
    }

    private GitClone(NodeProcess node, String user) throws IOException {
        environment = Map.of(
                "GIT_SSL_CAINFO",
                        node.folder().resolve("identity/authority.crt").toString(),
                "GIT_TERMINAL_PROMPT", "0",
                "GIT_CONFIG_GLOBAL", "/dev/null",
                "GIT_AUTHOR_NAME", "Ann",
                "GIT_AUTHOR_EMAIL", "ann@example.com",
                "GIT_COMMITTER_NAME", "Ann",
                "GIT_COMMITTER_EMAIL", "ann@example.com");
        succeed("clone", "https://" + user + ":" + PASSWORD + "@localhost:" + node.adminPort() + "/git/state.git", ".");
    }

    /** Runs git in the clone. */
    Result git(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("git", "-C", folder.toString()));
        command.addAll(List.of(arguments));
        return CommandLine.run(command, environment);
    }

    /** Runs git in the clone, which succeeds; returns what it told the user. */
    String succeed(String... arguments) throws IOException {
        Result result = git(arguments);
        if (result.exitCode() != 0) {
            throw new AssertionError("git " + List.of(arguments) + ": " + result.out() + result.err());
        }
        return result.out() + result.err();
    }

    /** Writes a file and commits it. */
    void commit(String path, String content) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        succeed("add", path);
        succeed("commit", "-m", "Change " + path);
    }

    /** Deletes a file and commits that. */
    void remove(String path) throws IOException {
        succeed("rm", path);
        succeed("commit", "-m", "Remove " + path);
    }
}
