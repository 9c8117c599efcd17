package io.serai.benchmarks.http.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Compares HTTP servers: each a JVM of its own, measured in turns, so that what disturbs the machine disturbs all. */
public final class HttpBenchmark {
    private static final int CONNECTIONS = 32;

    /** Requests a second that all servers bear: how long they take then does not depend on how many they could. */
    private static final int RATE = 20_000;

    private static final String PATH = "/hello?name=Ann";
    private static final long SECOND = 1_000_000_000L;
    private static final List<String> BUNDLES =
            List.of("io.serai.api", "io.serai.runtime", "io.serai.http");

    private HttpBenchmark() {}

    private record Peer(
            String name, ServerProcess server, LoadClient client, List<Times> rounds, List<Times> paced) {}

    /** Runs it: the folder of the jars, the compiled classes, the folder of Serai's jars, rounds, seconds. */
    public static void main(String[] arguments) throws Exception {
        Path jars = Path.of(arguments[0]);
        Path classes = Path.of(arguments[1]);
        Path bundles = Path.of(arguments[2]);
        int rounds = Integer.parseInt(arguments[3]);
        long nanos = (long) (Double.parseDouble(arguments[4]) * SECOND);
        String jetty = ServerProcess.classPath(jars.resolve("jetty"), classes);
        List<Peer> peers = new ArrayList<>();
        try {
            Path cache = Files.createTempDirectory(classes, "framework");
            peers.add(start("REST channel", jetty, "channel.ChannelServer", cache.toString(), ServerProcess.bundles(jars.resolve("jetty"), bundles, BUNDLES)));
            peers.add(start("bare servlet", jetty, "servlet.ServletServer", "servlet"));
            peers.add(start("bare handler", jetty, "servlet.ServletServer", "handler"));
            for (String component : List.of("undertow", "netty-http", "jetty")) {
                String path = ServerProcess.classPath(jars.resolve("camel-" + component), classes);
                peers.add(start("camel-" + component, path, "camel.CamelServer", component));
            }
            measure(peers, rounds, nanos);
            print(peers);
        } finally {
            for (Peer peer : peers) {
                peer.client().close();
                peer.server().close();
            }
        }
    }

    private static void measure(List<Peer> peers, int rounds, long nanos) throws IOException {
        for (int warmUp = 0; warmUp < 3; warmUp++) {
            for (Peer peer : peers) {
                peer.client().run(3 * SECOND);
            }
        }
        for (int round = 0; round < rounds; round++) {
            for (Peer peer : peers) {
                Duration before = peer.server().cpu();
                Times times = peer.client().run(nanos);
                times.usedCpu(peer.server().cpu().minus(before).toNanos());
                peer.rounds().add(times);
                peer.paced().add(peer.client().run(nanos, RATE));
            }
        }
    }

    private static void print(List<Peer> peers) {
        System.out.printf(
                Locale.ROOT,
                "%-18s %12s %11s %9s %9s %9s %12s %9s%n",
                "server", "requests/s", "of servlet", "p50 µs", "p99 µs", "CPU µs", "p50 at rate", "p99");
        Peer servlet = peers.get(1);
        for (Peer peer : peers) {
            double[] ratios = new double[peer.rounds().size()];
            for (int i = 0; i < ratios.length; i++) {
                ratios[i] = peer.rounds().get(i).perSecond() / servlet.rounds().get(i).perSecond();
            }
            System.out.printf(
                    Locale.ROOT,
                    "%-18s %,12.0f %11.2f %9.0f %9.0f %9.1f %12.0f %9.0f%n",
                    peer.name(),
                    median(peer, Times::perSecond),
                    median(ratios),
                    median(peer, times -> times.quantile(0.5)),
                    median(peer, times -> times.quantile(0.99)),
                    median(peer, Times::cpuMicros),
                    median(peer.paced().stream().mapToDouble(times -> times.quantile(0.5)).toArray()),
                    median(peer.paced().stream().mapToDouble(times -> times.quantile(0.99)).toArray()));
        }
    }

    private static double median(Peer peer, ToDoubleFunction<Times> value) {
        return median(peer.rounds().stream().mapToDouble(value).toArray());
    }

    static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    private static Peer start(String name, String classPath, String main, String... arguments) throws IOException {
        ServerProcess server = ServerProcess.start(classPath, main, arguments);
        LoadClient client = new LoadClient(server.port(), PATH, CONNECTIONS);
        return new Peer(name, server, client, new ArrayList<>(), new ArrayList<>());
    }
}
