package io.serai.benchmarks.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Measures how soon nodes notice that one of them hangs, and counts how often they say so of one that is only slow. */
final class AlarmBenchmark {
    private static final String ALARM = "The nodes in reach have changed";
    private static final long BUSY_SECONDS = 60;
    private static final int ROUNDS = 5;

    private final Path distribution;
    private final Path work;

    AlarmBenchmark(Path distribution, Path work) {
        this.distribution = distribution;
        this.work = work;
    }

    void run() throws Exception {
        try (Containers.Node node = new Containers.Node(distribution, work.resolve("alarm-home"))) {
            node.serai("quickstart", "--nodes", "3");
            long before = alarms(node, 1) + alarms(node, 2) + alarms(node, 3);
            saturate();
            long after = alarms(node, 1) + alarms(node, 2) + alarms(node, 3);
            ClusterBenchmark.row("false alarms while all processors were busy for a minute", after - before);
            double slowest = 0;
            for (int round = 0; round < ROUNDS; round++) {
                slowest = Math.max(slowest, noticed(node));
            }
            ClusterBenchmark.row("a node that hangs is noticed by both others, slowest of " + ROUNDS, slowest);
        }
    }

    /** Keeps twice as many threads busy as there are processors. */
    private static void saturate() throws InterruptedException {
        int threads = 2 * Runtime.getRuntime().availableProcessors();
        ExecutorService busy = Executors.newFixedThreadPool(threads);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(BUSY_SECONDS);
        for (int i = 0; i < threads; i++) {
            busy.execute(() -> {
                while (System.nanoTime() < end) {
                    Thread.onSpinWait();
                }
            });
        }
        busy.shutdown();
        busy.awaitTermination(2 * BUSY_SECONDS, TimeUnit.SECONDS);
    }

    private double noticed(Containers.Node node) throws IOException {
        long first = alarms(node, 1);
        long second = alarms(node, 2);
        String pid = Long.toString(node.pid("node3"));
        long since = System.nanoTime();
        Containers.run(List.of("kill", "-STOP", pid), distribution);
        double millis = Containers.millisUntil(
                since,
                "noticing",
                Containers.SELDOM,
                () -> alarms(node, 1) > first && alarms(node, 2) > second);
        Containers.run(List.of("kill", "-CONT", pid), distribution);
        Containers.millisUntil(
                since,
                "coming back",
                Containers.SELDOM,
                () -> alarms(node, 1) > first + 1 && alarms(node, 2) > second + 1);
        return millis;
    }

    private static long alarms(Containers.Node node, int number) {
        Path log = node.home.resolve("node" + number).resolve("log/serai.log");
        try {
            return Files.readAllLines(log).stream().filter(line -> line.contains(ALARM)).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
