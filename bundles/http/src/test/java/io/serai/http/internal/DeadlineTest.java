package io.serai.http.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.serai.api.deploy.Artifact;
import io.serai.api.runtime.InvocationResult;
import io.serai.api.service.ServiceException;
import io.serai.api.service.ServiceException.Reason;
import io.serai.api.state.BlobId;
import io.serai.api.state.Content;
import io.serai.api.state.StatePath;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.ClassRule;
import org.junit.Test;

public class DeadlineTest {
    @ClassRule
    public static final TestServer SERVER = new TestServer().with("idle_timeout_millis", 200L);

    @Test
    public void answersForAServiceThatNeverReturns() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        AtomicBoolean closed = new AtomicBoolean();
        SERVER.serveWithin(Duration.ofMillis(100), "GET /hang", InputStream.class, call -> {
            awaitUninterruptibly(release);
            return new ByteArrayInputStream(new byte[0]) {
                @Override
                public void close() {
                    closed.set(true);
                }
            };
        });

        HttpResponse<String> answer = SERVER.get("/hang");

        assertThat(answer.statusCode()).isEqualTo(504);
        assertThat(answer.body()).contains("/errors/timeout");
        release.countDown();
        await().untilTrue(closed);
    }

    @Test
    public void answersFromAnotherThread() throws Exception {
        CompletableFuture<InvocationResult> later = new CompletableFuture<>();
        SERVER.serveAsync("GET /later", Void.class, String.class, call -> later);
        SERVER.serveAsync(
                "GET /timeout",
                Void.class,
                String.class,
                call -> CompletableFuture.supplyAsync(() -> {
                    throw new ServiceException(Reason.TIMEOUT, "Service x did not answer within 2 s");
                }));

        var answer = SERVER.client.sendAsync(SERVER.request("/later").build(), HttpResponse.BodyHandlers.ofString());
        later.completeOnTimeout(new InvocationResult("now", 0, Map.of()), 500, TimeUnit.MILLISECONDS);

        assertThat(answer.get().body())
                .as("although the connection's idle timeout has passed")
                .isEqualTo("now");
        assertThat(SERVER.get("/timeout").statusCode()).isEqualTo(504);
    }

    @Test
    public void cancelsCallsWhoseClientHasGone() throws Exception {
        CompletableFuture<InvocationResult> call = new CompletableFuture<>();
        CountDownLatch called = new CountDownLatch(1);
        SERVER.serveAsync("GET /gone", Void.class, String.class, invocation -> {
            called.countDown();
            return call;
        });
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
        client.send(SERVER.request("/health/live").build(), HttpResponse.BodyHandlers.discarding());

        var answer = client.sendAsync(SERVER.request("/gone").build(), HttpResponse.BodyHandlers.ofString());
        assertThat(called.await(5, TimeUnit.SECONDS)).isTrue();
        answer.cancel(true);

        await().until(call::isCancelled);
    }

    @Test
    public void answersUnavailableWhileTheServiceOfAChannelIsAway() throws Exception {
        SERVER.serve("GET /coming", Void.class, String.class, call -> "here");
        String yaml = "kind: rest-channel\nname: alias\nspec: {path: /alias, methods: [GET], service: get.coming}";
        SERVER.objects.apply(new Artifact(
                new StatePath("objects/rest-channel/alias.yaml"),
                new BlobId("0".repeat(40)),
                Content.of(yaml.getBytes(StandardCharsets.UTF_8))));
        assertThat(SERVER.get("/alias").body()).isEqualTo("here");

        SERVER.withdraw("GET /coming");

        assertThat(SERVER.get("/coming").statusCode()).isEqualTo(404);
        HttpResponse<String> answer = SERVER.get("/alias");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(answer.body()).contains("get.coming is not deployed");
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        boolean done = false;
        while (!done) {
            try {
                latch.await();
                done = true;
            } catch (InterruptedException e) {
                assertThat(e).as("a service that ignores interrupts").isNotNull();
            }
        }
    }
}
