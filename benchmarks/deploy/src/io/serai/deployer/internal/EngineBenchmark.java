package io.serai.deployer.internal;

import com.sun.management.OperatingSystemMXBean;
import io.serai.api.deploy.Verdict;
import io.serai.api.state.CommitId;
import io.serai.deployer.fixture.MemoryRepository;
import io.serai.deployer.fixture.TestBundle;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Measures the engine on an embedded framework and a state in memory: from a batch committed to all of it published. The
 * bundles have 5 KB and one service each; the extension is that of the tests, so that only the deployer and the framework
 * are measured.
 */
public final class EngineBenchmark {
    private static final int BUNDLES = Integer.getInteger("bundles", 1_000);
    private static final int ROUNDS = Integer.getInteger("rounds", 5);

    private static final OperatingSystemMXBean CPU =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private static double cpuBefore;

    private EngineBenchmark() {}

    public static void main(String[] args) throws Exception {
        Path work = Files.createTempDirectory(Path.of(args[0]), "engine");
        MemoryRepository repository = new MemoryRepository();
        System.out.printf("%-34s %8s %8s%n", "what", "ms", "cpu ms");
        try (DeployerRig rig = new DeployerRig(work.resolve("cache").toFile(), repository)) {
            for (int round = 1; round <= ROUNDS; round++) {
                String name = round == 1 ? " (warm-up)" : "";
                Map<String, byte[]> first = jars(round);
                Map<String, byte[]> second = jars(100 + round);
                cpuBefore = CPU.getProcessCpuTime() / 1e6;
                print("deploy " + BUNDLES + name, timeTo(rig, repository, first, BUNDLES));
                print("replace " + BUNDLES + name, timeTo(rig, repository, second, BUNDLES));
                print("replace one" + name, one(rig, repository, round));
                if (round < ROUNDS) {
                    Map<String, byte[]> removed = new HashMap<>();
                    repository.head().files().keySet().forEach(path -> removed.put(path.value(), null));
                    print("remove " + BUNDLES + name, timeTo(rig, repository, removed, 0));
                }
            }
        }
        long before = System.nanoTime();
        try (DeployerRig rig = new DeployerRig(work.resolve("cache").toFile(), repository)) {
            until(() -> rig.services.count() >= BUNDLES);
            print("restart the framework with " + BUNDLES, millisSince(before));
        }
    }

    private static double timeTo(
            DeployerRig rig, MemoryRepository repository, Map<String, byte[]> files, int services)
            throws Exception {
        long before = System.nanoTime();
        CommitId commit = repository.put(files);
        rig.verdicts(commit, files.keySet().toArray(String[]::new)).stream()
                .filter(verdict -> verdict.state() != (services == 0 ? Verdict.State.REMOVED : Verdict.State.ACTIVE))
                .forEach(verdict -> System.out.println(verdict));
        double millis = millisSince(before);
        until(() -> rig.services.count() == services && rig.bundles().size() == services);
        return millis;
    }

    private static void until(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static double one(DeployerRig rig, MemoryRepository repository, int round) {
        double total = 0;
        int times = 20;
        for (int i = 0; i < times; i++) {
            String path = "deploy/service-7.jar";
            byte[] jar = jar(7, 1_000 * round + i);
            long before = System.nanoTime();
            rig.verdict(repository.put(path, jar), path);
            total += millisSince(before);
        }
        return total / times;
    }

    private static Map<String, byte[]> jars(int round) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (int i = 0; i < BUNDLES; i++) {
            files.put("deploy/service-" + i + ".jar", jar(i, round));
        }
        return files;
    }

    private static byte[] jar(int number, int round) {
        byte[] noise = new byte[2_800];
        new Random(number).nextBytes(noise);
        return TestBundle.named("com.acme.service" + number, "1.0." + round)
                .service("service-" + number)
                .header("Import-Package", "org.osgi.framework;version=\"[1.5,2)\"")
                .header("X-Noise", java.util.HexFormat.of().formatHex(noise))
                .jar();
    }

    private static double millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e6;
    }

    /** Prints a line; the processor's time tells a busy machine from a slow engine. */
    private static void print(String what, double millis) {
        double cpu = CPU.getProcessCpuTime() / 1e6;
        System.out.printf("%-34s %8.1f %8.1f%n", what, millis, cpu - cpuBefore);
        cpuBefore = cpu;
    }
}
