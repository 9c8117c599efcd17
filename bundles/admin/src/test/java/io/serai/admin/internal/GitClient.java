package io.serai.admin.internal;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The git program with a home of its own, which trusts one certificate. */
final class GitClient {
    /**
     * How a command ended.
     *
     * @param status the exit status
     * @param output all it said
     */
    record Result(int status, String output) {}

    private final Path home;
    private final Path certificate;

    GitClient(Path home, Path certificate) {
        this.home = home;
        this.certificate = certificate;
    }

    /** Runs a command in a directory below the home. */
    Result run(String directory, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git", "-c", "http.sslCAInfo=" + certificate));
        command.addAll(List.of(arguments));
        File output = Files.createTempFile(home, "output", ".txt").toFile();
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home.resolve(directory).toFile())
                .redirectErrorStream(true)
                .redirectOutput(output);
        builder.environment()
                .keySet()
                .removeIf(name ->
                        name.startsWith("GIT_") || name.toLowerCase(Locale.ROOT).endsWith("_proxy"));
        builder.environment()
                .putAll(Map.of(
                        "HOME", home.toString(),
                        "GIT_CONFIG_NOSYSTEM", "1",
                        "GIT_TERMINAL_PROMPT", "0",
                        "LC_ALL", "C",
                        "GIT_AUTHOR_NAME", "Somebody",
                        "GIT_AUTHOR_EMAIL", "somebody@example.com",
                        "GIT_COMMITTER_NAME", "Somebody",
                        "GIT_COMMITTER_EMAIL", "somebody@example.com"));
        Process process = builder.start();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("git did not end: " + command + ": " + Files.readString(output.toPath()));
        }
        return new Result(process.exitValue(), Files.readString(output.toPath(), StandardCharsets.UTF_8));
    }

    /** Runs a command that must succeed; returns what it said. */
    String must(String directory, String... arguments) throws IOException, InterruptedException {
        Result result = run(directory, arguments);
        if (result.status() != 0) {
            throw new AssertionError("git " + String.join(" ", arguments) + " failed: " + result.output());
        }
        return result.output().strip();
    }

    /** Returns what somebody lacks to have a commit. */
    byte[] pack(String directory, String commit, String known) throws IOException, InterruptedException {
        Path bundle = home.resolve("bundle");
        must(directory, "branch", "--force", "packed", commit);
        must(directory, "bundle", "create", "--quiet", bundle.toString(), known + "..packed");
        byte[] bytes = Files.readAllBytes(bundle);
        int head = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("\n\nPACK") + 2;
        return Arrays.copyOfRange(bytes, head, bytes.length);
    }

    /** Commits a file. */
    void commit(String directory, String file, byte[] content) throws IOException, InterruptedException {
        Path path = home.resolve(directory).resolve(file);
        Files.createDirectories(path.getParent());
        Files.write(path, content);
        must(directory, "add", "--all");
        must(directory, "commit", "--quiet", "--message", "Change " + file);
    }

    void commit(String directory, String file, String content) throws IOException, InterruptedException {
        commit(directory, file, content.getBytes(StandardCharsets.UTF_8));
    }
}
