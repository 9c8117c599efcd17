package io.serai.http.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.serai.api.deploy.DeploymentService;
import io.serai.api.deploy.Verdict;
import io.serai.api.runtime.InvocationResult;
import io.serai.api.state.CommitId;
import io.serai.api.state.StatePath;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.Rule;
import org.junit.Test;

public class HealthTest {
    @Rule
    public final TestServer server = new TestServer();

    @Test
    public void isReadyFromTheFirstAppliedCommit() throws Exception {
        assertThat(server.get("/health/live").body()).isEqualTo("{\"status\":\"UP\",\"checks\":[]}");
        assertThat(server.get("/health/ready").statusCode()).isEqualTo(503);

        Deployments deployments = new Deployments();
        server.server().bindDeployments(deployments);
        assertThat(server.get("/health/ready").body()).contains("{\"status\":\"DOWN\",\"name\":\"deployed\"}");

        deployments.applied = Optional.of(new CommitId("0".repeat(40)));
        HttpResponse<String> ready = server.get("/health/ready");
        assertThat(ready.statusCode()).isEqualTo(200);
        assertThat(ready.body()).startsWith("{\"status\":\"UP\",\"checks\":[");

        server.server().unbindDeployments(new Deployments());
        assertThat(server.get("/health/ready").statusCode()).isEqualTo(200);
    }

    @Test
    public void aDrainedNodeIsNotReadyAndGoesOnAnswering() throws Exception {
        Deployments deployments = new Deployments();
        deployments.applied = Optional.of(new CommitId("0".repeat(40)));
        server.server().bindDeployments(deployments);

        assertThat(tell("DRAIN")).contains("ready=false", "drained=true");
        assertThat(server.get("/health/ready").statusCode()).isEqualTo(503);
        assertThat(server.get("/health/live").statusCode()).isEqualTo(200);
        assertThat(tell("PROBE")).contains("drained=true", "accepting=false");

        assertThat(server.traffic.answer("UNDRAIN node2".getBytes(US_ASCII))).isEmpty();
        assertThat(server.get("/health/ready").statusCode()).isEqualTo(503);
        assertThat(tell("UNDRAIN")).contains("ready=true", "drained=false");
        assertThat(server.get("/health/ready").statusCode()).isEqualTo(200);
    }

    private String tell(String order) {
        return new String(server.traffic.answer((order + " node1").getBytes(US_ASCII)), US_ASCII);
    }

    @Test
    public void finishesRequestsThatAreUnderWayWhenItStops() throws Exception {
        CountDownLatch called = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        server.serveAsync("GET /slow", Void.class, String.class, call -> {
            called.countDown();
            release.await();
            return CompletableFuture.completedFuture(new InvocationResult("done", 0, Map.of()));
        });
        var answer = server.client.sendAsync(server.request("/slow").build(), HttpResponse.BodyHandlers.ofString());
        called.await();
        ExecutorService executor = Executors.newSingleThreadExecutor();

        Future<?> stopped = executor.submit(() -> {
            server.server().stop();
            return null;
        });
        await().until(() -> refusesConnections());
        assertThat(stopped.isDone()).isFalse();
        release.countDown();

        assertThat(answer.get().body()).isEqualTo("done");
        stopped.get();
        executor.shutdown();
    }

    private boolean refusesConnections() {
        try {
            server.raw("GET /health/live HTTP/1.0\r\n\r\n");
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private static final class Deployments implements DeploymentService {
        private Optional<CommitId> applied = Optional.empty();

        @Override
        public List<Verdict> verdicts() {
            return List.of();
        }

        @Override
        public Optional<Verdict> verdict(StatePath path) {
            return Optional.empty();
        }

        @Override
        public Optional<CommitId> applied() {
            return applied;
        }

        @Override
        public CompletableFuture<List<Verdict>> await(CommitId commit, Collection<StatePath> paths) {
            return CompletableFuture.completedFuture(List.of());
        }
    }
}
