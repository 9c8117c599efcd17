package io.serai.runtime.internal.invocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.serai.api.runtime.InvocationResult;
import io.serai.api.service.Context;
import io.serai.api.service.ServiceException;
import io.serai.api.service.ServiceException.Reason;
import io.serai.api.service.Workload;
import io.serai.runtime.internal.registry.ServiceInstance;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.After;
import org.junit.Test;

public class ReplacementTest {
    private static final int CALLERS = 4;
    private static final int CALLS = 25_000;
    private static final int REPLACES = 200;

    /** So few permits that some of the calls wait in the queue while they are replaced. */
    private final RuntimeFixture runtime = new RuntimeFixture(2, 1_000, 200);

    private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS);

    @After
    public void stop() {
        callers.shutdownNow();
        runtime.close();
    }

    /** A version of the service that notices a call after its end. */
    private ServiceInstance version(int version, AtomicBoolean ended, AtomicInteger tooLate) {
        return runtime.instance(
                "echo",
                Workload.NETWORK,
                String.class,
                (String input, Context context) -> {
                    Thread.onSpinWait();
                    if (ended.get()) {
                        tooLate.incrementAndGet();
                    }
                    return input;
                },
                version);
    }

    @Test
    public void losesNoCallWhileServicesAreReplaced() throws Exception {
        AtomicInteger tooLate = new AtomicInteger();
        AtomicInteger answered = new AtomicInteger();
        AtomicBoolean ended = new AtomicBoolean();
        ServiceInstance current = runtime.publish(version(1, ended, tooLate));
        List<CompletableFuture<Void>> calling = IntStream.range(0, CALLERS)
                .mapToObj(caller -> CompletableFuture.runAsync(() -> callMany(answered), callers))
                .toList();

        int replaces = 0;
        while (replaces < REPLACES || answered.get() < CALLERS * CALLS / 2) {
            replaces++;
            AtomicBoolean nextEnded = new AtomicBoolean();
            ServiceInstance next = version(1 + replaces, nextEnded, tooLate);
            runtime.directory.publish(List.of(next), List.of(current));
            runtime.directory.withdraw(List.of(current));
            runtime.invocation.drain(List.of(current));
            ended.set(true);
            current = next;
            ended = nextEnded;
        }

        assertThat(calling).allSatisfy(caller -> assertThat(caller).succeedsWithin(Duration.ofSeconds(30)));
        assertThat(answered).hasValue(CALLERS * CALLS);
        assertThat(tooLate).hasValue(0);
        assertThat(runtime.statistics("echo").calls()).isEqualTo(CALLERS * CALLS);
        assertThat(runtime.statistics("echo").errors()).isZero();
    }

    private void callMany(AtomicInteger answered) {
        for (int i = 0; i < CALLS; i++) {
            String input = "call " + i;
            InvocationResult result = runtime.invoke("echo", input).join();
            if (input.equals(result.value())) {
                answered.incrementAndGet();
            }
        }
    }

    @Test
    public void interruptsCallsThatOutstayTheLimit() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        ServiceInstance instance = runtime.publish("slow", (String input, Context context) -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
            return input;
        });
        CompletableFuture<Object> call = CompletableFuture.supplyAsync(
                () -> String.valueOf(runtime.invoke("slow", "x").join().value()), callers);
        assertThat(begun.await(5, TimeUnit.SECONDS)).isTrue();

        runtime.directory.withdraw(List.of(instance));
        runtime.invocation.drain(List.of(instance));

        assertThat(interrupted.getCount()).isZero();
        assertThat(call)
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableThat()
                .havingRootCause()
                .isInstanceOfSatisfying(
                        ServiceException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE))
                .withMessageContaining("was undeployed or replaced");
    }
}
