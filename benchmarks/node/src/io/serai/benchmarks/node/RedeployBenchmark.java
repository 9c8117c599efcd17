package io.serai.benchmarks.node;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Redeploys a service again and again under load, and counts requests that were lost or failed. */
final class RedeployBenchmark {
    private static final int REDEPLOYS = 50;
    private static final int REQUESTS_PER_SECOND = 300;

    private final Path work;
    private final Path distribution;
    private final LongAdder sent = new LongAdder();
    private final LongAdder answered = new LongAdder();
    private final LongAdder failed = new LongAdder();

    RedeployBenchmark(Path work, Path distribution) {
        this.work = work;
        this.distribution = distribution;
    }

    void run() throws IOException {
        System.out.println("\nRedeploy under load\n");
        try (Containers.Node node = new Containers.Node(distribution, work.resolve("redeploy-home"))) {
            node.start();
            Http http = new Http(node.port);
            deploy(node, http, 0);
            ScheduledExecutorService load = Executors.newSingleThreadScheduledExecutor();
            load.scheduleAtFixedRate(() -> send(http), 0, 1_000_000 / REQUESTS_PER_SECOND, TimeUnit.MICROSECONDS);
            for (int i = 1; i <= REDEPLOYS; i++) {
                deploy(node, http, i);
            }
            load.shutdown();
            Containers.millisUntil(
                    System.nanoTime(), "the last answers", Containers.SELDOM, () -> answered.sum() + failed.sum() == sent.sum());
        }
        System.out.printf(
                "%d redeployments, %d requests sent at %d/s: %d answered, %d lost or failed%n",
                REDEPLOYS, sent.sum(), REQUESTS_PER_SECOND, answered.sum(), failed.sum());
    }

    private static void deploy(Containers.Node node, Http http, int round) throws IOException {
        String text = "round-" + round + ".";
        Files.writeString(node.deploy.resolve("Load.java"), ServiceJars.source("Load", "load", text));
        Containers.millisUntil(System.nanoTime(), text, Containers.OFTEN, () -> http.answers("/load", text));
    }

    private void send(Http http) {
        sent.increment();
        HttpRequest request = HttpRequest.newBuilder(http.uri("/load"))
                .timeout(Duration.ofSeconds(10))
                .build();
        http.client().sendAsync(request, HttpResponse.BodyHandlers.ofString()).whenComplete((response, failure) -> {
            boolean good = failure == null && response.statusCode() == 200 && response.body().contains("round-");
            (good ? answered : failed).increment();
        });
    }
}
