package io.serai.benchmarks.http.load;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Compares HTTP servers: each a JVM of its own, measured in turns, so that what disturbs the machine disturbs all. */
public final class HttpBenchmark {
    private static final int CONNECTIONS = 32;

    /** Requests a second that all servers bear: how long they take then does not depend on how many they could. */
    private static final int RATE = 20_000;

    private static final String PATH = "/hello?name=Ann";
    private static final long SECOND = 1_000_000_000L;
    private static final List<String> BUNDLES_FIRST =
            List.of("io.serai.api", "io.serai.runtime", "io.serai.http");

    private HttpBenchmark() {}

    private record Peer(
            String name, Process process, LoadClient client, List<Times> rounds, List<Times> paced) {
        Duration cpu() {
            return process.info().totalCpuDuration().orElse(Duration.ZERO);
        }
    }

    /** Runs it: the folder of the jars, the compiled classes, the folder of Serai's jars, rounds, seconds. */
    public static void main(String[] arguments) throws Exception {
        Path jars = Path.of(arguments[0]);
        Path classes = Path.of(arguments[1]);
        Path bundles = Path.of(arguments[2]);
        int rounds = Integer.parseInt(arguments[3]);
        long nanos = (long) (Double.parseDouble(arguments[4]) * SECOND);
        String jetty = classPath(jars.resolve("jetty"), classes);
        List<Peer> peers = new ArrayList<>();
        try {
            Path cache = Files.createTempDirectory(classes, "framework");
            peers.add(start("REST channel", jetty, "channel.ChannelServer", cache.toString(), bundles(jars, bundles)));
            peers.add(start("bare servlet", jetty, "servlet.ServletServer", "servlet"));
            peers.add(start("bare handler", jetty, "servlet.ServletServer", "handler"));
            for (String component : List.of("undertow", "netty-http", "jetty")) {
                String path = classPath(jars.resolve("camel-" + component), classes);
                peers.add(start("camel-" + component, path, "camel.CamelServer", component));
            }
            measure(peers, rounds, nanos);
            print(peers);
        } finally {
            for (Peer peer : peers) {
                peer.client().close();
                peer.process().destroy();
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
                Duration before = peer.cpu();
                Times times = peer.client().run(nanos);
                times.usedCpu(peer.cpu().minus(before).toNanos());
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

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    private static Peer start(String name, String classPath, String main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms256m",
                "-Xmx256m",
                "-cp",
                classPath,
                "io.serai.benchmarks.http." + main));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("port ")) {
                int port = Integer.parseInt(line.substring("port ".length()));
                return new Peer(name, process, new LoadClient(port, PATH, CONNECTIONS), new ArrayList<>(), new ArrayList<>());
            }
        }
        throw new IOException(name + " did not start");
    }

    private static String classPath(Path folder, Path classes) {
        return classes + File.pathSeparator + folder + File.separator + "*";
    }

    /** Returns all jars but those of the framework itself and of logging, which it lends to all bundles. */
    private static String bundles(Path jars, Path folder) throws IOException {
        try (Stream<Path> files = Files.list(jars.resolve("jetty"))) {
            Stream<String> others = files.map(Path::toString).filter(path -> !path.contains("org.apache.felix.framework")
                    && !path.contains("slf4j")
                    && !path.contains("osgi.annotation")
                    && !path.contains("osgi.namespace"));
            Stream<String> own = BUNDLES_FIRST.stream()
                    .map(bundle -> folder.resolve(bundle + "-0.1.0.jar").toString());
            return Stream.concat(others, own).collect(Collectors.joining(File.pathSeparator));
        }
    }
}
