package io.serai.benchmarks.node;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** Measures nodes that are a cluster: how long until all of them run what one was given, and until one more does. */
final class ClusterBenchmark {
    private static final int SAVES = 70;
    private static final int WARM_UP_SAVES = 10;
    private static final int SMALL_BYTES = 8_000;
    private static final int LARGE_BYTES = 50_000_000;
    private static final int SERVICES = 1000;

    /** The first one is the warm-up. */
    private static final List<String> ROUNDS = List.of("one", "two", "three");

    private final Path work;
    private final Path distribution;
    private final ServiceJars jars;

    ClusterBenchmark(Path work, Path distribution, ServiceJars jars) {
        this.work = work;
        this.distribution = distribution;
        this.jars = jars;
    }

    void run() throws Exception {
        System.out.println("\nCluster: milliseconds until all nodes answer; processor time of each node meanwhile\n");
        // on nodes of its own: on those that were redeployed to before, a batch would not start from the same
        try (Containers.Node node = new Containers.Node(distribution, work.resolve("batch-home"))) {
            node.serai("quickstart", "--nodes", "3");
            for (String round : ROUNDS) {
                batch(node, 3, round);
            }
        }
        peers();
        joining();
        try (Containers.Node alone = new Containers.Node(distribution, work.resolve("alone-home"))) {
            alone.start();
            saves(alone, "node1", List.of(new Http(alone.port)), "10 KB dropped on a node that is alone");
        }
        try (Containers.Node two = new Containers.Node(distribution, work.resolve("two-home"))) {
            row("quickstart of two nodes", two.serai("quickstart"));
            row("node add", two.serai("node", "add"));
        }
        try (Containers.Node node = new Containers.Node(distribution, work.resolve("three-home"))) {
            node.serai("quickstart", "--nodes", "3");
            List<Http> nodes = nodes(node, 3);
            saves(node, "node1", nodes, "10 KB dropped on node 1 of 3");
            saves(node, "node2", nodes, "10 KB dropped on node 2 of 3, which does not lead");
        }
        new AlarmBenchmark(distribution, work).run();
        large();
    }

    private static List<Http> nodes(Containers.Node first, int count) {
        List<Http> nodes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            nodes.add(new Http(first.port + i));
        }
        return nodes;
    }

    private void saves(Containers.Node home, String name, List<Http> nodes, String label) throws IOException {
        double[] times = new double[SAVES];
        Path deploy = home.home.resolve(name).resolve("deploy");
        for (int i = 0; i < SAVES; i++) {
            String text = name + "-" + i + "-of-" + nodes.size();
            Path source = jars.single("one", 1, text).resolve("one0.jar");
            ServiceJars.enlarge(source, SMALL_BYTES);
            Path part = Files.copy(source, deploy.resolve(".one0.jar"), StandardCopyOption.REPLACE_EXISTING);
            long since = System.nanoTime();
            Files.move(part, deploy.resolve("one0.jar"), StandardCopyOption.ATOMIC_MOVE);
            times[i] = until(since, text, Containers.OFTEN, nodes, http -> http.answers("/one0", text));
        }
        double[] measured = Arrays.copyOfRange(times, WARM_UP_SAVES, times.length);
        Arrays.sort(measured);
        row(label + ", p50 of " + measured.length, measured[measured.length / 2]);
        row(label + ", slowest", measured[measured.length - 1]);
        Files.delete(deploy.resolve("one0.jar"));
        until(System.nanoTime(), "removal", Containers.SELDOM, nodes, http -> http.get("/one0").isEmpty());
    }

    /** Three bare frameworks get as many bundles at the same time: what is below that, Felix alone takes. */
    private void peers() throws IOException {
        try (FelixPeers peers = new FelixPeers(work, 3)) {
            for (String round : ROUNDS) {
                Path source = jars.single("peer" + round, SERVICES, round);
                CpuTimes cpu = new CpuTimes(peers.pids());
                double millis = peers.deploy(source);
                row("1,000 bundles in 3 plain Felix at once, round " + round, millis, cpu.millis());
            }
        }
    }

    private void batch(Containers.Node home, int count, String round) throws IOException {
        Path source = jars.single(round, SERVICES, round);
        List<Pipeline> silent = new ArrayList<>();
        List<Long> pids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            silent.add(new Pipeline(home.port + i, round, SERVICES, round));
            pids.add(home.pid("node" + (i + 1)));
        }
        String label = "1,000 artifacts on 3 nodes, round " + round;
        CpuTimes cpu = new CpuTimes(pids);
        long since = System.nanoTime();
        ServiceJars.moveAll(source, home.deploy);
        double millis = Containers.millisUntil(since, label, Containers.SELDOM, () -> {
            silent.removeIf(Pipeline::allAnswer);
            return silent.isEmpty();
        });
        row(label, millis, cpu.millis());
    }

    private void joining() throws IOException {
        try (Containers.Node node = new Containers.Node(distribution, work.resolve("joining-home"))) {
            node.start();
            Pipeline first = new Pipeline(node.port, "kept", SERVICES, "kept");
            ServiceJars.moveAll(jars.single("kept", SERVICES, "kept"), node.deploy);
            Containers.millisUntil(System.nanoTime(), "batch", Containers.SELDOM, first::allAnswer);
            long since = System.nanoTime();
            CompletableFuture<Double> added = CompletableFuture.supplyAsync(() -> {
                try {
                    return node.serai("node", "add");
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            Path pid = node.home.resolve("node2/run/pid");
            double process = Containers.millisUntil(since, "process", Containers.OFTEN, () -> Files.exists(pid));
            Pipeline second = new Pipeline(node.port + 1, "kept", SERVICES, "kept");
            double all = Containers.millisUntil(since, "join", Containers.SELDOM, second::allAnswer);
            row("node add to 1,000 services", added.join());
            row("... and all answer, from the command on", all);
            row("... and all answer, from the moment on that its process exists", all - process);
        }
    }

    private void large() throws Exception {
        row("50 MB over TLS on loopback, 3 times at once", tls());
        try (Containers.Node node = new Containers.Node(distribution, work.resolve("four-home"))) {
            node.serai("quickstart", "--nodes", "4");
            List<Http> nodes = nodes(node, 4);
            for (int round = 0; round < 3; round++) {
                String text = "large-" + round;
                Path jar = jars.single("large", 1, text).resolve("large0.jar");
                ServiceJars.enlarge(jar, LARGE_BYTES + round);
                long since = System.nanoTime();
                Files.move(jar, node.deploy.resolve("large0.jar"), StandardCopyOption.REPLACE_EXISTING);
                double here = until(since, text, Containers.SELDOM, nodes.subList(0, 1), http -> http.answers("/large0", text));
                double all = until(since, text, Containers.SELDOM, nodes, http -> http.answers("/large0", text));
                row("50 MB dropped on 1 of 4: answering there", here);
                row("50 MB dropped on 1 of 4: answering on all", all);
                row("... of which the slowest of the 3 others has received it in", slowestTransfer(node.home));
            }
        }
    }

    /** Returns the milliseconds in which the nodes that did not have the content got the last one, verified and written. */
    private static double slowestTransfer(Path home) throws IOException {
        double slowest = 0;
        for (int number = 2; number <= 4; number++) {
            String log = Files.readString(home.resolve("node" + number).resolve("log/serai.log"));
            String millis = log.substring(log.lastIndexOf("millis=") + "millis=".length()).lines().findFirst().orElseThrow();
            slowest = Math.max(slowest, Double.parseDouble(millis));
        }
        return slowest;
    }

    /** Sends as many bytes over TLS to three readers at a time; returns the milliseconds. */
    private double tls() throws Exception {
        Path store = work.resolve("tls.p12");
        Containers.run(
                List.of("keytool", "-genkeypair", "-alias", "a", "-keyalg", "EC", "-dname", "CN=a", "-storetype", "PKCS12",
                        "-storepass", "secret", "-keystore", store.toString()),
                distribution);
        KeyStore keys = KeyStore.getInstance(store.toFile(), "secret".toCharArray());
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, "secret".toCharArray());
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(keys);
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
        transfer(context);
        return transfer(context);
    }

    private static double transfer(SSLContext context) throws Exception {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (SSLServerSocket server =
                (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0, 10, loopback)) {
            long since = System.nanoTime();
            List<CompletableFuture<Void>> readers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                readers.add(CompletableFuture.runAsync(() -> read(context, server.getLocalPort())));
                SSLSocket socket = (SSLSocket) server.accept();
                readers.add(CompletableFuture.runAsync(() -> write(socket)));
            }
            readers.forEach(CompletableFuture::join);
            return (System.nanoTime() - since) / 1e6;
        }
    }

    private static void write(SSLSocket socket) {
        try (socket; OutputStream out = socket.getOutputStream()) {
            byte[] piece = new byte[64 * 1024];
            for (int sent = 0; sent < LARGE_BYTES; sent += piece.length) {
                out.write(piece, 0, Math.min(piece.length, LARGE_BYTES - sent));
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void read(SSLContext context, int port) {
        try (SSLSocket socket =
                        (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
                InputStream in = socket.getInputStream()) {
            new DataInputStream(in).skipNBytes(LARGE_BYTES);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static double until(
            long since, String what, Duration poll, List<Http> nodes, Predicate<Http> condition) {
        return Containers.millisUntil(since, what, poll, () -> nodes.stream().allMatch(condition));
    }

    static void row(String label, double millis) {
        row(label, millis, List.of());
    }

    private static void row(String label, double millis, List<Long> cpu) {
        String cpuText = cpu.isEmpty() ? "" : "   cpu ms per node " + cpu;
        System.out.printf("%-66s %10.0f%s%n", label, millis, cpuText);
    }
}
