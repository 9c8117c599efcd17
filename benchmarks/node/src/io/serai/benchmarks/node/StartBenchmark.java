package io.serai.benchmarks.node;

import java.io.IOException;
import java.nio.file.Path;

/** Measures starts: cold, warm, and with a thousand services. */
final class StartBenchmark {
    private static final int SERVICES = 1000;

    private final Path work;
    private final Path distribution;
    private final ServiceJars jars;

    StartBenchmark(Path work, Path distribution, ServiceJars jars) {
        this.work = work;
        this.distribution = distribution;
        this.jars = jars;
    }

    void run() throws IOException {
        System.out.println("\nStart: milliseconds from the command to readiness, resident memory in MB\n");
        System.out.printf("%-46s %10s %12s%n", "what", "millis", "resident");
        Containers.Node node = new Containers.Node(distribution, work.resolve("start-home"));
        Http http = new Http(node.port);
        row("cold: a new node", node.start(), node.residentMegabytes());
        for (int i = 1; i <= 3; i++) {
            node.close();
            row("warm: the same node, start " + i, node.start(), node.residentMegabytes());
        }
        ServiceJars.moveAll(jars.single("kept", SERVICES, "kept"), node.deploy);
        Containers.millisUntil(System.nanoTime(), "deployment", Containers.SELDOM, () -> http.allAnswer("kept", SERVICES, "kept"));
        for (int i = 1; i <= 3; i++) {
            node.close();
            long since = System.nanoTime();
            node.start();
            double millis =
                    Containers.millisUntil(since, "restart", Containers.SELDOM, () -> http.allAnswer("kept", SERVICES, "kept"));
            row("warm: with 1,000 services answering, start " + i, millis, node.residentMegabytes());
        }
        node.close();
    }

    private static void row(String label, double millis, long resident) {
        System.out.printf("%-46s %10.0f %12d%n", label, millis, resident);
    }
}
