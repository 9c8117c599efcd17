package io.serai.itests.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.serai.itests.node.NodeProcess;
import java.net.http.HttpResponse;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.ClassRule;
import org.junit.Test;

/** A service that is replaced while it is called. */
public class RedeployIT {
    private static final int REDEPLOYMENTS = 10;

    @ClassRule
    public static final NodeProcess NODE = new NodeProcess();

    @Test
    public void losesNoCallWhileServiceIsReplaced() throws ExecutionException, InterruptedException {
        NODE.deploy("Busy.java", TestBundle.serviceSource("Busy", "busy", "round 0"));
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService caller = Executors.newSingleThreadExecutor();
        Future<Integer> calls = caller.submit(() -> {
            int count = 0;
            while (!over.get()) {
                HttpResponse<String> response = NODE.get("/busy");
                assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
                count++;
            }
            return count;
        });

        for (int i = 1; i <= REDEPLOYMENTS; i++) {
            NODE.deploy("Busy.java", TestBundle.serviceSource("Busy", "busy", "round " + i));
            assertThat(NODE.get("/busy").body()).contains("round " + i);
        }

        over.set(true);
        assertThat(calls.get()).isGreaterThan(REDEPLOYMENTS);
        caller.shutdown();
    }

    @Test
    public void callInFlightFinishesOnOldVersion() throws ExecutionException, InterruptedException {
        // the service takes its time, which is what is tested; the test itself waits for what it does
        String slow = TestBundle.serviceSource("Slow", "slow", "old")
                .replace(
                        "{ return",
                        "throws Exception {"
                                + " context.logger().info(\"The slow call is under way\");"
                                + " java.util.concurrent.TimeUnit.SECONDS.sleep(3); return");
        NODE.deploy("Slow.java", slow);
        ExecutorService caller = Executors.newSingleThreadExecutor();
        Future<HttpResponse<String>> inFlight = caller.submit(() -> NODE.get("/slow"));
        await("the slow call").until(() -> NODE.log().contains("The slow call is under way"));

        NODE.deploy("Slow.java", TestBundle.serviceSource("Slow", "slow", "new"));

        assertThat(NODE.get("/slow").body()).contains("new");
        assertThat(inFlight.get().body()).contains("old");
        caller.shutdown();
    }
}
