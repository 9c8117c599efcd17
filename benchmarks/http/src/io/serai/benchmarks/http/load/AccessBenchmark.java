package io.serai.benchmarks.http.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Compares guarded REST channels with an open one of the same server, measured in turns. */
public final class AccessBenchmark {
    private static final int CONNECTIONS = 32;
    private static final long SECOND = 1_000_000_000L;
    private static final List<String> BUNDLES = List.of("io.serai.runtime", "io.serai.access", "io.serai.http");

    private AccessBenchmark() {}

    /** A channel, and what callers send to it. */
    private record Peer(String name, LoadClient client, List<Times> rounds) {}

    /** Runs it: the folder of the jars, the compiled classes, the folder of Serai's jars, rounds, seconds. */
    public static void main(String[] arguments) throws Exception {
        Path jars = Path.of(arguments[0]).resolve("access");
        Path classes = Path.of(arguments[1]);
        Path bundles = Path.of(arguments[2]);
        int rounds = Integer.parseInt(arguments[3]);
        long nanos = (long) (Double.parseDouble(arguments[4]) * SECOND);
        String classPath = ServerProcess.classPath(jars, classes) + ":" + bundles + "/*";
        Path folder = Files.createTempDirectory(classes, "access");
        Path rows = folder.resolve("rows");
        List<Peer> peers = new ArrayList<>();
        try (ServerProcess server = ServerProcess.start(
                classPath,
                "access.AccessServer",
                folder.resolve("framework").toString(),
                ServerProcess.bundles(jars, bundles, BUNDLES),
                rows.toString())) {
            connect(server.port(), rows, peers);
            measure(server, peers, rounds, nanos);
            print(peers);
        } finally {
            for (Peer peer : peers) {
                peer.client().close();
            }
        }
    }

    /** Reads the lines of the server: row, path, whether each request has another header, a header. */
    private static void connect(int port, Path rows, List<Peer> peers) throws IOException {
        Map<String, List<String[]>> lines = new LinkedHashMap<>();
        for (String line : Files.readAllLines(rows)) {
            String[] fields = line.split("\t", -1);
            lines.computeIfAbsent(fields[0], row -> new ArrayList<>()).add(fields);
        }
        for (Map.Entry<String, List<String[]>> row : lines.entrySet()) {
            String[] first = row.getValue().get(0);
            List<String> headers = row.getValue().stream()
                    .map(fields -> fields[3].isEmpty() ? "" : fields[3] + "\r\n")
                    .toList();
            LoadClient client =
                    new LoadClient(port, first[1], CONNECTIONS, headers, Boolean.parseBoolean(first[2]));
            peers.add(new Peer(row.getKey(), client, new ArrayList<>()));
        }
    }

    private static void measure(ServerProcess server, List<Peer> peers, int rounds, long nanos) throws IOException {
        for (int warmUp = 0; warmUp < 4; warmUp++) {
            for (Peer peer : peers) {
                peer.client().run(Math.min(SECOND, 3 * nanos));
            }
        }
        for (int round = 0; round < rounds; round++) {
            for (Peer peer : peers) {
                Duration before = server.cpu();
                Times times = peer.client().run(nanos);
                times.usedCpu(server.cpu().minus(before).toNanos());
                peer.rounds().add(times);
            }
        }
    }

    private static void print(List<Peer> peers) {
        String head = "%-30s %12s %9s %9s %9s %9s %13s%n";
        System.out.printf(
                Locale.ROOT, head, "channel", "requests/s", "of open", "p50 µs", "p99 µs", "CPU µs", "CPU of open");
        List<Times> open = peers.get(0).rounds();
        for (Peer peer : peers) {
            double[] ratios = new double[open.size()];
            double[] cpu = new double[open.size()];
            for (int i = 0; i < ratios.length; i++) {
                ratios[i] = peer.rounds().get(i).perSecond() / open.get(i).perSecond();
                cpu[i] = peer.rounds().get(i).cpuMicros() / open.get(i).cpuMicros();
            }
            System.out.printf(
                    Locale.ROOT,
                    "%-30s %,12.0f %9.3f %9.0f %9.0f %9.1f %13.3f%n",
                    peer.name(),
                    median(peer, Times::perSecond),
                    HttpBenchmark.median(ratios),
                    median(peer, times -> times.quantile(0.5)),
                    median(peer, times -> times.quantile(0.99)),
                    median(peer, Times::cpuMicros),
                    HttpBenchmark.median(cpu));
        }
    }

    private static double median(Peer peer, ToDoubleFunction<Times> value) {
        return HttpBenchmark.median(peer.rounds().stream().mapToDouble(value).toArray());
    }
}
