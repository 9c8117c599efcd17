package io.serai.state.internal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A {@link StateProcess} as the test sees it. */
final class ChildJvm implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;
    private String last = "";

    private ChildJvm(Process process) {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static ChildJvm start(String task, Path directory) throws IOException {
        return start(List.of(), List.of(), Map.of(), List.of(task, directory.toString()));
    }

    static ChildJvm start(
            List<String> wrapper, List<String> options, Map<String, String> environment, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>(wrapper);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
        command.addAll(options);
        command.add(StateProcess.class.getName());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return new ChildJvm(builder.start());
    }

    /** Returns the next line it says, or its end. */
    String line() throws IOException {
        String line = output.readLine();
        last = line == null ? "(ended)" : line;
        return last;
    }

    /** Kills it as {@code kill -9} does, and returns the last line it said. */
    String kill() throws IOException {
        close();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            last = line;
        }
        return last;
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.toHandle().destroyForcibly(); // which, other than that of the process, leaves its last words readable
        process.onExit().join();
    }
}
