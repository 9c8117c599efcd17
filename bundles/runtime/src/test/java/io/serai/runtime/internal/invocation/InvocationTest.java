package io.serai.runtime.internal.invocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.serai.api.runtime.InvocationResult;
import io.serai.api.service.Context;
import io.serai.api.service.ServiceException;
import io.serai.api.service.ServiceException.Reason;
import io.serai.api.service.Workload;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.After;
import org.junit.Test;
import org.slf4j.MDC;

public class InvocationTest {
    record Point(int x, int y) {}

    private final RuntimeFixture runtime = new RuntimeFixture(2, 1, 30_000);
    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final CountDownLatch release = new CountDownLatch(1);

    @After
    public void stop() {
        release.countDown();
        callers.shutdownNow();
        runtime.close();
    }

    private static ServiceException failure(CompletableFuture<?> result) {
        CompletionException e = catchThrowableOfType(CompletionException.class, result::join);
        assertThat(e.getCause()).isInstanceOf(ServiceException.class);
        return (ServiceException) Objects.requireNonNull(e.getCause());
    }

    private void invokeElsewhere(String service) {
        callers.execute(() -> runtime.invoke(service, "x").isDone());
    }

    @Test
    public void runsOnTheCallersThreadWhenThereIsRoom() {
        AtomicReference<Thread> ran = new AtomicReference<>();
        runtime.publish("echo", (String input, Context context) -> {
            ran.set(Thread.currentThread());
            return input;
        });

        CompletableFuture<InvocationResult> result = runtime.invoke("echo", "hi");

        assertThat(result).isCompletedWithValueMatching(r -> "hi".equals(r.value()));
        assertThat(ran).hasValue(Thread.currentThread());
    }

    @Test
    public void givesTheServiceWhatItMayKnow() {
        runtime.publish("know", (String input, Context context) -> {
            context.reply().status(201).header("X-A", "1").header("x-a", "2");
            return List.of(
                    context.serviceName(),
                    context.correlationId(),
                    context.caller().channel(),
                    context.header("X-Tenant").orElseThrow(),
                    context.headers().get("x-tenant"),
                    context.timeLeft().compareTo(Duration.ofSeconds(30)) <= 0);
        });

        InvocationResult result = runtime.invoke("know", "").join();

        assertThat(result.value()).isEqualTo(List.of("know", "id-1", "test", "a", List.of("a", "b"), true));
        assertThat(result.status()).isEqualTo(201);
        assertThat(result.headers()).isEqualTo(Map.of("x-a", "2"));
    }

    @Test
    public void refusesRepliesThatNoChannelCouldSend() {
        CallReply reply = new CallReply();

        assertThatThrownBy(() -> reply.status(199)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> reply.header("a b", "c")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> reply.header("a", "b\r\nc: d")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    public void saysThatAServiceIsNotThere() {
        ServiceException e = failure(runtime.invoke("none", "x"));

        assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE);
        assertThat(e).hasMessageContaining("Service none cannot be called");
    }

    @Test
    public void passesOnWhatAServiceWantsToTell() {
        runtime.publish("find", (String input, Context context) -> {
            throw ServiceException.notFound("No order 7");
        });

        assertThat(failure(runtime.invoke("find", "7")).reason()).isEqualTo(Reason.NOT_FOUND);
    }

    @Test
    public void hidesOtherFailuresAndLogsThemOnce() {
        runtime.publish("break", (String input, Context context) -> {
            throw new NoClassDefFoundError("com/acme/Secret");
        });
        runtime.publish("outer", (String input, Context context) -> context.invoke("break", input, String.class));

        ServiceException e;
        List<ILoggingEvent> events;
        try (RecordedLog log = new RecordedLog(CallFailures.class)) {
            e = failure(runtime.invoke("outer", "x"));
            events = log.events();
        }

        assertThat(e.reason()).isEqualTo(Reason.FAILED);
        assertThat(e).hasMessage("Service break failed; see the log for correlation id id-1");
        assertThat(e.getCause()).isInstanceOf(NoClassDefFoundError.class);
        assertThat(events).hasSize(1);
        assertThat(events.get(0).getMDCPropertyMap()).containsEntry("correlationId", "id-1");
    }

    @Test
    public void addsTheCorrelationIdToWhatAServiceLogsOnAnyThread() {
        runtime.publish("log", (String input, Context context) -> {
            context.logger().info("Took {}", input);
            context.logger().debug("Not {}", "wanted");
            CompletableFuture.runAsync(() -> context.logger().warn("Elsewhere"), callers)
                    .join();
            return MDC.getCopyOfContextMap() == null
                    || MDC.getCopyOfContextMap().isEmpty();
        });

        Object clean;
        List<ILoggingEvent> events;
        try (RecordedLog log = new RecordedLog(InvocationTest.class)) {
            clean = runtime.invoke("log", "it").join().value();
            events = log.events();
        }

        assertThat(clean).isEqualTo(true);
        assertThat(events).extracting(ILoggingEvent::getFormattedMessage).containsExactly("Took it", "Elsewhere");
        assertThat(events)
                .allSatisfy(event -> assertThat(event.getMDCPropertyMap()).containsEntry("correlationId", "id-1"));
    }

    @Test
    public void survivesAServiceThatUsesUpTheStack() {
        runtime.publish("recurse", (String input, Context context) -> recurse(1));
        runtime.publish("circle", (String input, Context context) -> context.invoke("circle", input, String.class));

        assertThat(failure(runtime.invoke("recurse", "x")).getCause()).isInstanceOf(StackOverflowError.class);
        assertThat(failure(runtime.invoke("circle", "x"))).hasMessageContaining("in a circle");
        assertThat(runtime.statistics("circle").active()).isZero();
        assertThat(failure(runtime.invoke("recurse", "x")).reason()).isEqualTo(Reason.FAILED);
    }

    private static int recurse(int depth) {
        return depth == 0 ? 0 : recurse(depth + 1) + 1;
    }

    @Test
    public void refusesAnInputThatDoesNotFit() {
        runtime.publish("draw", Workload.NETWORK, Point.class, (Point input, Context c) -> input.x());

        assertThat(runtime.invoke("draw", Map.of("x", 3, "y", 4)).join().value())
                .isEqualTo(3);
        assertThat(failure(runtime.invoke("draw", Map.of("x", 3))).field()).contains("y");
        assertThat(failure(runtime.invoke("draw", null)).reason()).isEqualTo(Reason.INVALID);
    }

    @Test
    public void queuesCallsBeyondTheBulkheadAndRefusesThoseBeyondTheQueue() {
        runtime.publish("wait", (String input, Context context) -> {
            release.await();
            return Thread.currentThread().getName();
        });
        invokeElsewhere("wait");
        invokeElsewhere("wait");
        await().until(() -> runtime.statistics("wait").active() == 2);

        CompletableFuture<InvocationResult> queued = runtime.invoke("wait", "x");
        ServiceException refused = failure(runtime.invoke("wait", "x"));

        assertThat(refused.reason()).isEqualTo(Reason.UNAVAILABLE);
        assertThat(refused).hasMessageContaining("2 calls of the workload NETWORK run and 1 wait");
        assertThat(queued).isNotDone();
        release.countDown();
        assertThat(queued)
                .succeedsWithin(5, TimeUnit.SECONDS)
                .satisfies(result -> assertThat(String.valueOf(result.value())).startsWith("runtime-network-"));
    }

    @Test
    public void endsACallAtItsDeadlineAndInterruptsItsThread() {
        AtomicBoolean interrupted = new AtomicBoolean();
        runtime.publish("hang", (String input, Context context) -> {
            try {
                release.await();
            } catch (InterruptedException e) {
                interrupted.set(true);
                Thread.currentThread().interrupt();
            }
            return "late";
        });

        CompletableFuture<InvocationResult> result = runtime.invoke("hang", "x", Optional.of(Duration.ofMillis(50)));

        ServiceException e = failure(result);
        assertThat(e.reason()).isEqualTo(Reason.TIMEOUT);
        assertThat(e).hasMessage("Service hang did not answer within 50 ms");
        assertThat(interrupted).isTrue();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(runtime.statistics("hang").errors()).isEqualTo(1);
    }

    @Test
    public void tellsTheCallerAtTheDeadlineEvenIfTheServiceGoesOn() throws Exception {
        runtime.publish("stubborn", (String input, Context context) -> {
            while (release.getCount() > 0) {
                try {
                    release.await();
                } catch (InterruptedException e) {
                    // goes on all the same
                }
            }
            return "late";
        });
        invokeElsewhere("stubborn");
        invokeElsewhere("stubborn");
        await().until(() -> runtime.statistics("stubborn").active() == 2);

        CompletableFuture<InvocationResult> queued =
                runtime.invoke("stubborn", "x", Optional.of(Duration.ofMillis(50)));

        assertThat(failure(queued)).hasMessage("Service stubborn found no room to begin within 50 ms");
        assertThat(runtime.invoke("stubborn", "x", Optional.of(Duration.ofMillis(20))))
                .failsWithin(Duration.ofSeconds(5));
        assertThat(runtime.statistics("stubborn").active()).isEqualTo(2);
    }

    @Test
    public void interruptsACallThatIsCancelled() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        runtime.publish("slow", (String input, Context context) -> {
            begun.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
            return "";
        });
        runtime.publish("caller", (String input, Context context) -> {
            CompletableFuture<String> answer = context.invokeAsync("slow", input, String.class);
            begun.await();
            return answer.cancel(true);
        });

        assertThat(runtime.invoke("caller", "x").join().value()).isEqualTo(true);
        assertThat(interrupted.await(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    public void keepsTheInstanceInUseWhileItsAnswerIsRead() throws Exception {
        var instance = runtime.publish(
                "download", (String input, Context context) -> new ByteArrayInputStream(new byte[] {1, 2}));
        InputStream answer = (InputStream)
                Objects.requireNonNull(runtime.invoke("download", "x").join().value());
        runtime.directory.withdraw(List.of(instance));
        instance.close();

        assertThat(instance.awaitIdle(1)).isFalse();
        answer.close();
        assertThat(instance.awaitIdle(0)).isTrue();
    }

    @Test
    public void endsAllCallsWhenItStops() {
        runtime.publish("wait", (String input, Context context) -> {
            release.await();
            return "";
        });
        invokeElsewhere("wait");
        invokeElsewhere("wait");
        await().until(() -> runtime.statistics("wait").active() == 2);
        CompletableFuture<InvocationResult> queued = runtime.invoke("wait", "x");

        runtime.close();

        assertThat(failure(queued)).hasMessage("Service wait cannot be called: the runtime has stopped");
        await().until(() -> runtime.statistics("wait").active() == 0);
        assertThat(runtime.statistics("wait").errors()).isEqualTo(3);
    }

    @Test
    public void takesAChangedConfigurationOverInPlace() {
        runtime.publish("wait", (String input, Context context) -> {
            release.await();
            return "";
        });
        invokeElsewhere("wait");
        invokeElsewhere("wait");
        await().until(() -> runtime.statistics("wait").active() == 2);
        CompletableFuture<InvocationResult> queued = runtime.invoke("wait", "x");

        runtime.invocation.resize(new RuntimeSettings(3, 1, 1));

        await().until(() -> runtime.statistics("wait").active() == 3);
        release.countDown();
        assertThat(queued).succeedsWithin(Duration.ofSeconds(5));
    }
}
