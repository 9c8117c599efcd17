package io.serai.benchmarks.node;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Runs the benchmarks of a node that are named, or all. */
public final class NodeBenchmark {
    private NodeBenchmark() {}

    /** Takes the work folder, the archives of Serai and Karaf, the API's jar, and the names of benchmarks. */
    public static void main(String[] args) throws Exception {
        Path work = Path.of(args[0]);
        ServiceJars jars = new ServiceJars(work, Path.of(args[3]));
        Path distribution = Containers.unpack(Path.of(args[1]), work.resolve("serai"));
        List<String> names = new ArrayList<>(Arrays.asList(args).subList(4, args.length));
        if (names.isEmpty()) {
            names.addAll(List.of("deploy", "start", "redeploy", "memory", "cluster", "admin"));
        }
        for (String name : names) {
            switch (name) {
                case "deploy" -> new DeployBenchmark(work, distribution, Path.of(args[2]), jars).run();
                case "start" -> new StartBenchmark(work, distribution, jars).run();
                case "redeploy" -> new RedeployBenchmark(work, distribution).run();
                case "memory" -> new MemoryBenchmark(work, distribution, jars).run();
                case "cluster" -> new ClusterBenchmark(work, distribution, jars).run();
                case "admin" -> new AdminBenchmark(work, distribution).run();
                default -> throw new IllegalArgumentException(
                        "'" + name + "' is no benchmark; there are deploy, start, redeploy, memory, cluster and admin");
            }
        }
    }
}
