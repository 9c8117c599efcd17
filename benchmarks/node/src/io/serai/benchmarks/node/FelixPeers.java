package io.serai.benchmarks.node;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Several plain Felix processes, with the options of a node, that deploy the same bundles at the same time. */
final class FelixPeers implements AutoCloseable {
    private static final List<String> OPTIONS = List.of(
            "-Xmx512m", "-XX:+UseSerialGC", "-Xms320m", "-Xmn128m", "-XX:MetaspaceSize=192m",
            "-XX:Tier4InvocationThreshold=150000", "-XX:Tier4MinInvocationThreshold=18000",
            "-XX:Tier4CompileThreshold=450000", "-XX:Tier4BackEdgeThreshold=1200000");

    private final List<Process> processes = new ArrayList<>();
    private final List<BufferedReader> answers = new ArrayList<>();

    FelixPeers(Path work, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            List<String> command = new ArrayList<>(List.of("java"));
            command.addAll(OPTIONS);
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), PlainFelix.class.getName(),
                    work.resolve("felix-" + i).toString()));
            Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
            processes.add(process);
            answers.add(process.inputReader());
        }
        await();
    }

    /** Has all of them deploy what is in a folder; returns the milliseconds until the last has. */
    double deploy(Path folder) throws IOException {
        long since = System.nanoTime();
        for (Process process : processes) {
            Writer writer = process.outputWriter();
            writer.write(folder + "\n");
            writer.flush();
        }
        await();
        return (System.nanoTime() - since) / 1e6;
    }

    private void await() throws IOException {
        for (BufferedReader answer : answers) {
            if (answer.readLine() == null) {
                throw new IllegalStateException("A plain Felix has ended");
            }
        }
    }

    List<Long> pids() {
        return processes.stream().map(Process::pid).toList();
    }

    @Override
    public void close() {
        for (Process process : processes) {
            process.destroy();
            process.onExit().join();
        }
    }
}
