package io.serai.runtime.internal;

import io.serai.api.runtime.Invocation;
import io.serai.api.service.Caller;
import io.serai.api.service.Context;
import io.serai.api.service.Service;
import io.serai.api.service.Workload;
import io.serai.runtime.internal.codec.JacksonPayloadCodec;
import io.serai.runtime.internal.invocation.RuntimeFixture;
import io.serai.runtime.internal.registry.ServiceInstance;
import io.serai.runtime.internal.statistics.CallRecorder;
import java.io.ByteArrayInputStream;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** Times what is on the way of every call. */
public final class RuntimeBenchmark {
    private static final int OPERATIONS = 400_000;
    private static final int SERVICES = 1_000;

    public record Query(String id, int limit, Optional<Boolean> deep) {}

    public record Line(String article, BigDecimal price, int count) {}

    public record Order(String id, String customer, List<Line> lines) {}

    private final int rounds;
    private final RuntimeFixture runtime = new RuntimeFixture();
    private final JacksonPayloadCodec codec = new JacksonPayloadCodec();
    private final Caller caller = Caller.internal("benchmark");

    private RuntimeBenchmark(int rounds) {
        this.rounds = rounds;
    }

    public static void main(String[] arguments) throws Exception {
        new RuntimeBenchmark(Integer.parseInt(arguments[0])).run();
    }

    private void run() throws Exception {
        runtime.publish("echo", (String input, Context context) -> input);
        runtime.publish("cpu", Workload.CPU, String.class, (String input, Context context) -> input);
        runtime.publish(
                "outer", (String input, Context context) -> context.invoke("echo", input, String.class));
        System.out.printf("%-60s %12s%n", "operation, warm, median of " + rounds + " rounds", "time");
        row("call of a trivial service, 1 thread", () -> call("echo"), 1);
        row("call of a trivial service, 2 threads", () -> call("echo"), 2);
        row("call of a trivial service, 8 threads", () -> call("echo"), 8);
        row("call of a service that calls another one", () -> call("outer"), 1);
        row("counting and timing a call, 1 thread", recording(), 1);
        row("counting and timing a call, 2 threads", recording(), 2);
        payloads();
        publishing();
        memory();
        runtime.close();
        System.exit(0);
    }

    private void call(String service) {
        Invocation invocation = new Invocation(service, "x", caller, "id", Optional.empty(), Map.of());
        if (!"x".equals(runtime.invocation.invoke(invocation).join().value())) {
            throw new AssertionError();
        }
    }

    private static Runnable recording() {
        CallRecorder recorder = new CallRecorder(Clock.systemUTC());
        return () -> {
            recorder.begun();
            recorder.answered(System.nanoTime() & 0xFFFFF, "id");
            recorder.finished();
        };
    }

    private void payloads() throws Exception {
        Map<String, String> values = Map.of("id", "4711", "limit", "20", "deep", "true");
        row("record of three path and query values", () -> codec.fromValues(values, Query.class), 1);
        byte[] json = "{\"id\":\"4711\",\"limit\":20,\"deep\":true}".getBytes(StandardCharsets.UTF_8);
        row("record of three members of JSON", () -> codec.fromJson(new ByteArrayInputStream(json), Query.class), 1);
        Order order = new Order(
                "4711", "Ann", List.of(new Line("a", new BigDecimal("1.10"), 2), new Line("b", BigDecimal.TEN, 1)));
        row("JSON of an order of two lines, 130 bytes", () -> codec.toJson(order), 1);
        row("record to a look-alike", () -> codec.convert(order, Map.class), 1);
    }

    private void publishing() throws Exception {
        double[] millis = new double[rounds + 1];
        for (int round = 0; round <= rounds; round++) {
            List<ServiceInstance> instances = instances("p" + round + ".");
            long start = System.nanoTime();
            for (ServiceInstance instance : instances) {
                runtime.directory.publish(List.of(instance), List.of());
            }
            millis[round] = (System.nanoTime() - start) / 1e6;
            runtime.directory.withdraw(instances);
        }
        System.out.printf("%-60s %9.1f ms%n", "publishing " + SERVICES + " services one by one", median(millis));
    }

    private List<ServiceInstance> instances(String prefix) {
        List<ServiceInstance> instances = new ArrayList<>();
        Service<String, String> service = (input, context) -> input;
        for (int i = 0; i < SERVICES; i++) {
            instances.add(runtime.instance(prefix + i, Workload.NETWORK, String.class, service, 1));
        }
        return instances;
    }

    private void memory() throws Exception {
        long before = used();
        List<ServiceInstance> instances = instances("m.");
        runtime.directory.publish(instances, List.of());
        long idle = used();
        instances.forEach(instance -> call(instance.name()));
        long called = used();
        System.out.printf("%-60s %9d B%n", "heap of a service that was never called", (idle - before) / SERVICES);
        System.out.printf("%-60s %9d B%n", "heap of its statistics after the first call", (called - idle) / SERVICES);
    }

    private static long used() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private void row(String name, Runnable operation, int threads) throws Exception {
        double[] nanos = new double[rounds];
        time(operation, threads);
        time(operation, threads);
        for (int round = 0; round < rounds; round++) {
            nanos[round] = time(operation, threads);
        }
        System.out.printf("%-60s %9.0f ns%n", name, median(nanos));
    }

    /** Returns the time that one operation takes on the thread that makes it. */
    private static double time(Runnable operation, int threads) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        Thread[] all = new Thread[threads];
        long[] elapsed = new long[threads];
        for (int t = 0; t < threads; t++) {
            int index = t;
            all[t] = new Thread(() -> elapsed[index] = loop(operation, start));
            all[t].start();
        }
        start.countDown();
        for (Thread thread : all) {
            thread.join();
        }
        int processors = Math.min(threads, Runtime.getRuntime().availableProcessors());
        return Arrays.stream(elapsed).max().orElseThrow() / (double) OPERATIONS * processors / threads;
    }

    private static long loop(Runnable operation, CountDownLatch start) {
        try {
            start.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        long begin = System.nanoTime();
        for (int i = 0; i < OPERATIONS; i++) {
            operation.run();
        }
        return System.nanoTime() - begin;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
