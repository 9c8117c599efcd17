package io.serai.benchmarks.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Measures how long it takes from files in the deploy folder to services that answer. */
final class DeployBenchmark {
    private static final Pattern APPLIED = Pattern.compile("State was applied: .*deployed=(\\d+), .*millis=(\\d+)");
    private static final int SAVES = 40;
    private static final int WARM_UP_SAVES = 10;

    private final Path work;
    private final Path distribution;
    private final Path karaf;
    private final ServiceJars jars;

    DeployBenchmark(Path work, Path distribution, Path karaf, ServiceJars jars) {
        this.work = work;
        this.distribution = distribution;
        this.karaf = karaf;
        this.jars = jars;
    }

    void run() throws IOException {
        System.out.println("\nDeploy: milliseconds from the files' arrival to all services answering\n");
        System.out.printf("%-46s %10s %12s%n", "what", "arrival", "engine only");
        try (Containers.Node node = new Containers.Node(distribution, work.resolve("deploy-home"))) {
            node.start();
            Http http = new Http(node.port);
            batch(node, http, "warm", 1000, "1,000 bundles in 1,000 files, warm-up");
            batch(node, http, "hot", 1000, "1,000 bundles in 1,000 files, second round");
            batch(node, http, "hotter", 1000, "1,000 bundles in 1,000 files, third round");
        }
        try (Containers.Node node = new Containers.Node(distribution, work.resolve("mixed-home"))) {
            node.start();
            Http http = new Http(node.port);
            together(node, http, "many", "one bundle with 1,000 services, warm-up");
            together(node, http, "more", "one bundle with 1,000 services, second round");
            together(node, http, "most", "one bundle with 1,000 services, third round");
            batch(node, http, "hundred", 100, "100 bundles in 100 files");
            batch(node, http, "fourhundred", 400, "400 bundles in 400 files");
            saves(node, http);
        }
        stock(100);
        stock(400);
    }

    /** Deploys some more: removing the round before would have the file system scan what was deleted for minutes. */
    private void batch(Containers.Node node, Http http, String prefix, int count, String label) throws IOException {
        Path source = jars.single(prefix, count, "answer-" + prefix);
        long since = System.nanoTime();
        ServiceJars.moveAll(source, node.deploy);
        double arrival = Containers.millisUntil(since, label, Containers.SELDOM, () -> http.allAnswer(prefix, count, "answer-" + prefix));
        row(label, arrival, engineMillis(node, count));
    }

    private void together(Containers.Node node, Http http, String prefix, String label) throws IOException {
        Path jar = jars.together(prefix, 1000, "answer-" + prefix);
        long since = System.nanoTime();
        Files.move(jar, node.deploy.resolve(jar.getFileName()));
        double arrival = Containers.millisUntil(since, label, Containers.SELDOM, () -> http.allAnswer(prefix, 1000, "answer-" + prefix));
        row(label, arrival, engineMillis(node, 1));
    }

    private void saves(Containers.Node node, Http http) throws IOException {
        double[] sources = new double[SAVES];
        for (int i = 0; i < SAVES; i++) {
            String text = "java-" + i;
            long since = System.nanoTime();
            Files.writeString(node.deploy.resolve("Saved.java"), ServiceJars.source("Saved", "saved", text));
            sources[i] = Containers.millisUntil(since, text, Containers.OFTEN, () -> http.answers("/saved", text));
        }
        quantiles("one .java file saved", sources);
        double[] bundles = new double[SAVES];
        for (int i = 0; i < SAVES; i++) {
            String text = "jar-" + i;
            Path source = jars.single("single", 1, text).resolve("single0.jar");
            long since = System.nanoTime();
            Files.copy(source, node.deploy.resolve("single0.jar"), StandardCopyOption.REPLACE_EXISTING);
            bundles[i] = Containers.millisUntil(since, text, Containers.OFTEN, () -> http.answers("/single0", text));
        }
        quantiles("one jar saved", bundles);
    }

    private static void quantiles(String label, double[] all) {
        double[] measured = Arrays.copyOfRange(all, WARM_UP_SAVES, all.length);
        Arrays.sort(measured);
        row(label + ", p50 of " + measured.length, measured[measured.length / 2], -1);
        row(label + ", slowest", measured[measured.length - 1], -1);
    }

    private void stock(int count) throws IOException {
        Path marks = Files.createDirectories(work.resolve("marks-" + count));
        Path source = jars.activators("peer" + count + "x", count, marks);
        try (Containers.StockKaraf stock = new Containers.StockKaraf(karaf, work.resolve("karaf-" + count))) {
            Path warm = jars.activators("warm" + count + "x", 1, marks);
            Files.createDirectories(stock.deploy);
            ServiceJars.moveAll(warm, stock.deploy);
            Containers.millisUntil(System.nanoTime(), "start of stock Karaf", Containers.SELDOM, () -> marked(marks) == 1);
            long since = System.nanoTime();
            ServiceJars.moveAll(source, stock.deploy);
            double millis = Containers.millisUntil(since, "deployment by stock Karaf", Containers.SELDOM, () -> marked(marks) == count + 1);
            row("stock Karaf 4.4.10: " + count + " bundles in " + count + " files", millis, -1);
        }
    }

    private static int marked(Path folder) {
        String[] names = folder.toFile().list();
        return names == null ? 0 : names.length;
    }

    /** Returns the milliseconds of the last pass that applied a batch, as the node's log has them. */
    private static double engineMillis(Containers.Node node, int artifacts) throws IOException {
        double engine = -1;
        for (String line : Files.readAllLines(node.home.resolve("node1/log/serai.log"))) {
            Matcher applied = APPLIED.matcher(line);
            if (applied.find() && Integer.parseInt(applied.group(1)) >= artifacts) {
                engine = Double.parseDouble(applied.group(2));
            }
        }
        return engine;
    }

    private static void row(String label, double arrival, double engine) {
        System.out.printf("%-46s %10.0f %12s%n", label, arrival, engine < 0 ? "" : "%.0f".formatted(engine));
    }
}
