package io.serai.benchmarks.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Measures the heap that idle services take: live objects with and without a thousand of them. */
final class MemoryBenchmark {
    private static final int SERVICES = 1000;

    private final Path work;
    private final Path distribution;
    private final ServiceJars jars;

    MemoryBenchmark(Path work, Path distribution, ServiceJars jars) {
        this.work = work;
        this.distribution = distribution;
        this.jars = jars;
    }

    void run() throws IOException {
        System.out.println("\nMemory: live heap in KB, after full collections\n");
        System.out.printf("%-46s %10s %12s%n", "what", "heap", "per service");
        try (Containers.Node node = new Containers.Node(distribution, work.resolve("memory-home"))) {
            node.start();
            Http http = new Http(node.port);
            deployAndAwait(node, http, jars.single("first", 1, "idle"), "first0");
            long before = node.liveHeapBytes();
            ServiceJars.moveAll(jars.single("idle", SERVICES, "idle"), node.deploy);
            Containers.millisUntil(
                    System.nanoTime(), "deployment", Containers.SELDOM, () -> Files.exists(marker(node, "idle" + (SERVICES - 1) + ".jar"))
                            && http.answers("/idle0", "idle"));
            long bundles = node.liveHeapBytes();
            row("a node without services", before, -1);
            row("1,000 bundles with a service each", bundles, (bundles - before) / SERVICES);
            deployAndAwait(node, http, jars.together("block", SERVICES, "idle"), "block0");
            long together = node.liveHeapBytes();
            row("and one bundle with 1,000 services", together, (together - bundles) / SERVICES);
        }
    }

    private static void deployAndAwait(Containers.Node node, Http http, Path source, String path) throws IOException {
        if (Files.isDirectory(source)) {
            ServiceJars.moveAll(source, node.deploy);
        } else {
            Files.move(source, node.deploy.resolve(source.getFileName()));
        }
        Containers.millisUntil(System.nanoTime(), path, Containers.SELDOM, () -> http.answers("/" + path, "idle"));
    }

    private static Path marker(Containers.Node node, String file) {
        return node.home.resolve("node1/verdicts").resolve(file + ".json");
    }

    private static void row(String label, long bytes, long perService) {
        System.out.printf(
                "%-46s %10d %12s%n", label, bytes / 1024, perService < 0 ? "" : "%.1f".formatted(perService / 1024.0));
    }
}
