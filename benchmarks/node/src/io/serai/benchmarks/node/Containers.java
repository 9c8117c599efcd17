package io.serai.benchmarks.node;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Starts and stops the containers that are compared, and waits for what they do. */
final class Containers {
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(180);

    /** Asking costs the processors that are measured; it is exact enough for what takes half a second and more. */
    static final Duration SELDOM = Duration.ofMillis(25);

    static final Duration OFTEN = Duration.ofMillis(4);

    private Containers() {}

    /** Waits, looking from time to time, and returns the milliseconds since a moment. */
    static double millisUntil(long sinceNanos, String what, Duration poll, BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - sinceNanos > LIMIT_NANOS) {
                throw new IllegalStateException(what + " did not happen within 180 s");
            }
            LockSupport.parkNanos(poll.toNanos());
        }
        return (System.nanoTime() - sinceNanos) / 1e6;
    }

    static Path unpack(Path archive, Path into) throws IOException {
        Files.createDirectories(into);
        run(List.of("tar", "xzf", archive.toString(), "--strip-components=1", "-C", into.toString()), into);
        return into;
    }

    /** Runs a command to its end and returns what it printed. */
    static String run(List<String> command, Path folder) throws IOException {
        Path log = Files.createTempFile(folder.getParent(), "run", ".log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            int code = process.waitFor();
            String printed = Files.readString(log);
            if (code != 0) {
                throw new IllegalStateException(String.join(" ", command) + " exited with " + code + ":\n" + printed);
            }
            return printed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A node of the distribution, in a home of its own; or the first of several. */
    static final class Node implements AutoCloseable {
        final Path home;
        final Path deploy;
        final int port;
        private final Path distribution;

        Node(Path distribution, Path home) throws IOException {
            this.distribution = distribution;
            this.home = home;
            this.deploy = home.resolve("node1/deploy");
            this.port = freeBase() + 1;
        }

        private static int freeBase() throws IOException {
            try (ServerSocket socket = new ServerSocket(0)) {
                return Math.min(socket.getLocalPort(), 64_000);
            }
        }

        /** Runs the command; returns the milliseconds it took. */
        double serai(String... words) throws IOException {
            long since = System.nanoTime();
            printed(words);
            return (System.nanoTime() - since) / 1e6;
        }

        /** Runs the command; returns what it printed. */
        String printed(String... words) throws IOException {
            List<String> command = new ArrayList<>(List.of(
                    distribution.resolve("bin/serai").toString(),
                    "--home", home.toString(),
                    "--base-port", Integer.toString(port - 1)));
            command.addAll(List.of(words));
            return run(command, distribution);
        }

        /** Returns the milliseconds from the command to its return, when the node is ready. */
        double start() throws IOException {
            return serai("start");
        }

        long pid() throws IOException {
            return pid("node1");
        }

        long pid(String name) throws IOException {
            Path file = home.resolve(name).resolve("run/pid");
            return Long.parseLong(Files.readString(file).strip().split("\\s+")[0]);
        }

        long residentMegabytes() throws IOException {
            return status("VmRSS");
        }

        private long status(String key) throws IOException {
            for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid()), "status"))) {
                if (line.startsWith(key + ":")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
                }
            }
            throw new IllegalStateException("No " + key + " in /proc/" + pid() + "/status");
        }

        /** Returns the bytes that live objects take, after full collections. */
        long liveHeapBytes() throws IOException {
            String pid = Long.toString(pid());
            run(List.of("jcmd", pid, "GC.run"), distribution);
            String histogram = run(List.of("jcmd", pid, "GC.class_histogram"), distribution);
            String total = histogram.lines().filter(l -> l.startsWith("Total")).findFirst().orElseThrow();
            return Long.parseLong(total.strip().split("\\s+")[2]);
        }

        @Override
        public void close() throws IOException {
            serai("stop");
        }
    }

    /** A stock Karaf with its own deploy folder. */
    static final class StockKaraf implements AutoCloseable {
        final Path deploy;
        private final Process process;

        StockKaraf(Path archive, Path folder) throws IOException {
            unpack(archive, folder);
            deploy = folder.resolve("deploy");
            replace(folder.resolve("etc/org.apache.karaf.shell.cfg"), "sshPort = 8101", "sshPort = " + free());
            replace(folder.resolve("etc/org.apache.karaf.shell.cfg"), "sshHost = 0.0.0.0", "sshHost = 127.0.0.1");
            replace(folder.resolve("etc/org.apache.karaf.management.cfg"), "rmiRegistryPort = 1099", "rmiRegistryPort = " + free());
            replace(folder.resolve("etc/org.apache.karaf.management.cfg"), "rmiServerPort = 44444", "rmiServerPort = " + free());
            ProcessBuilder builder = new ProcessBuilder(folder.resolve("bin/karaf").toString(), "daemon")
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("out.log").toFile());
            List<String> inherited = new ArrayList<>(builder.environment().keySet());
            inherited.stream().filter(k -> k.startsWith("KARAF")).forEach(builder.environment()::remove);
            process = builder.start();
        }

        private static int free() throws IOException {
            try (ServerSocket socket = new ServerSocket(0)) {
                return socket.getLocalPort();
            }
        }

        private static void replace(Path file, String from, String to) throws IOException {
            Files.writeString(file, Files.readString(file).replace(from, to));
        }

        @Override
        public void close() {
            process.destroy();
            process.onExit().join();
        }
    }
}
