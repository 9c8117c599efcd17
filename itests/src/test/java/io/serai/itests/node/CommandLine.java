package io.serai.itests.node;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a command to its end, with a closed standard input. */
public final class CommandLine {
    private static final long LIMIT_SECONDS = 180;

    private CommandLine() {}

    /**
     * How a command ended.
     *
     * @param exitCode its exit code
     * @param out what it printed
     * @param err what it printed as errors
     */
    public record Result(int exitCode, String out, String err) {}

    /** Runs a command that succeeds, and returns what it printed. */
    public static String succeed(String... command) {
        try {
            Result result = run(List.of(command), Map.of());
            if (result.exitCode() != 0) {
                throw new AssertionError(String.join(" ", command) + ": " + result.err());
            }
            return result.out();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Runs a command with variables added to the environment. */
    public static Result run(List<String> command, Map<String, String> environment) throws IOException {
        Path out = Files.createTempFile("serai", ".out");
        Path err = Files.createTempFile("serai", ".err");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(String.join(" ", command) + " did not end within " + LIMIT_SECONDS
                        + " s; it printed " + Files.readString(out) + Files.readString(err));
            }
            return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }
}
