package io.serai.runtime.internal.invocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serai.api.service.Context;
import io.serai.api.service.Outcome;
import io.serai.api.service.ServiceException;
import io.serai.api.service.ServiceException.Reason;
import io.serai.api.service.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.After;
import org.junit.Test;

public class NestedCallsTest {
    private final RuntimeFixture runtime = new RuntimeFixture();
    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final CountDownLatch never = new CountDownLatch(1);

    @After
    public void stop() {
        never.countDown();
        callers.shutdownNow();
        runtime.close();
    }

    private List<CompletableFuture<Object>> call(String service, int times) {
        List<CompletableFuture<Object>> results = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            results.add(CompletableFuture.supplyAsync(
                    () -> String.valueOf(runtime.invoke(service, "x").join().value()), callers));
        }
        return results;
    }

    @Test
    public void sharesTheRequestWithTheServicesItCalls() {
        runtime.publish("inner", (String input, Context context) -> {
            context.attributes().put("inner", input);
            return context.correlationId() + context.caller().channel();
        });
        runtime.publish(
                "outer",
                (String input, Context context) ->
                        context.invoke("inner", "from outer", String.class) + context.attributes());

        assertThat(runtime.invoke("outer", "x").join().value()).isEqualTo("id-1test{inner=from outer}");
    }

    @Test
    public void convertsBetweenLookAlikes() {
        record Asked(String id) {}
        record Wanted(String id, Optional<Integer> count) {}
        record Given(String text, int more) {}
        record Got(String text) {}
        runtime.publish(
                "inner",
                Workload.NETWORK,
                Wanted.class,
                (Wanted input, Context context) ->
                        new Given(input.id() + input.count().isPresent(), 5));
        runtime.publish("outer", (String input, Context context) -> context.invoke("inner", new Asked("a"), Got.class)
                .text());
        runtime.publish("wrong", (String input, Context context) -> context.invoke("inner", new Asked("a"), Asked.class)
                .id());

        assertThat(runtime.invoke("outer", "x").join().value()).isEqualTo("afalse");
        assertThatThrownBy(() -> runtime.invoke("wrong", "x").join())
                .hasMessageContaining(
                        "The answer of service inner does not fit what its caller expects: Field 'id' is" + " missing");
    }

    @Test
    public void neverWaitsForPermitsItHoldsItself() {
        runtime.publish("leaf", Workload.CPU, String.class, (String input, Context context) -> input);
        runtime.publish(
                "middle",
                Workload.NETWORK,
                String.class,
                (String input, Context context) -> context.invoke("leaf", input, String.class));
        runtime.publish(
                "sync",
                Workload.CPU,
                String.class,
                (String input, Context context) ->
                        context.invoke("leaf", input, String.class) + context.invoke("middle", input, String.class));
        runtime.publish("async", Workload.CPU, String.class, (String input, Context context) -> context.invokeAsync(
                        "leaf", input, String.class)
                .thenApply(a -> a + a)
                .join());
        runtime.publish(
                "all",
                Workload.CPU,
                String.class,
                (String input, Context context) -> answer(context.invokeAll(
                        Map.of("a", new Context.Call("async", input, String.class)), Duration.ofSeconds(20))));

        assertThat(call("sync", 50)).allSatisfy(result -> assertThat(result)
                .succeedsWithin(Duration.ofSeconds(10))
                .isEqualTo("xx"));
        assertThat(call("all", 50)).allSatisfy(result -> assertThat(result)
                .succeedsWithin(Duration.ofSeconds(10))
                .isEqualTo("xx"));
    }

    @Test
    public void callsAtTheSameTimeAndKeepsTheOrderOfTheKeys() {
        CountDownLatch both = new CountDownLatch(2);
        runtime.publish("meet", (String input, Context context) -> {
            both.countDown();
            both.await();
            return input;
        });
        runtime.publish("hang", (String input, Context context) -> {
            never.await();
            return input;
        });
        runtime.publish("outer", (String input, Context context) -> {
            Map<String, Context.Call> calls = new LinkedHashMap<>();
            calls.put("z", new Context.Call("meet", "1", String.class));
            calls.put("h", new Context.Call("hang", "2", String.class));
            calls.put("n", new Context.Call("none", "3", String.class));
            calls.put("a", new Context.Call("meet", "4", String.class));
            return context.invokeAll(calls, Duration.ofMillis(300));
        });

        Map<?, ?> outcomes = (Map<?, ?>)
                Objects.requireNonNull(runtime.invoke("outer", "x").join().value());

        assertThat(new ArrayList<Object>(outcomes.keySet())).containsExactly("z", "h", "n", "a");
        assertThat(outcomes.get("z")).isEqualTo(new Outcome.Answer("1"));
        assertThat(outcomes.get("a")).isEqualTo(new Outcome.Answer("4"));
        assertThat(reason(outcomes.get("h"))).isEqualTo(Reason.TIMEOUT);
        assertThat(reason(outcomes.get("n"))).isEqualTo(Reason.UNAVAILABLE);
    }

    private static Object answer(Map<String, Outcome> outcomes) {
        return Objects.requireNonNull(outcomes.values().iterator().next().get());
    }

    private static @Nullable Reason reason(@Nullable Object outcome) {
        return outcome instanceof Outcome.Failure failure ? failure.cause().reason() : null;
    }

    @Test
    public void inheritsTheDeadlineAndTheInterrupt() {
        runtime.publish("hang", (String input, Context context) -> {
            never.await();
            return input;
        });
        runtime.publish("outer", (String input, Context context) -> {
            try {
                return context.invoke("hang", input, String.class);
            } catch (ServiceException e) {
                never.await(); // still interrupted: the time of this call is over, too
                return "went on";
            }
        });

        assertThatThrownBy(() -> runtime.invoke("outer", "x", Optional.of(Duration.ofMillis(50)))
                        .join())
                .hasMessageContaining("Service outer did not answer within 50 ms");
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
}
