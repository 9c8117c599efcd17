package io.serai.camel.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.serai.api.deploy.DeploymentException;
import io.serai.api.deploy.DeploymentException.Reason;
import io.serai.api.service.Context;
import io.serai.api.service.Service;
import io.serai.api.service.ServiceInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.After;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;

public class RouteReplacementTest {
    @ClassRule
    public static final CamelNode NODE = new CamelNode();

    private static final String PATH = "deploy/orders.camel.yaml";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @After
    public void removeRoutes() throws Exception {
        NODE.remove(PATH);
    }

    @Test
    public void keepsServingWhenTheNewVersionIsBroken() throws Exception {
        NODE.apply(PATH, serviceAnswering("old"));

        failureOf("- from: {uri: 'tmer:tick', steps: [{log: hi}]}");

        assertThat(NODE.runtime().call("orders", Map.of())).isEqualTo("old");
    }

    @Test
    public void startsTheOldVersionAgainWhenTheNewDoesNotStart() throws Exception {
        Path in = folder.newFolder("in").toPath();
        Path out = folder.getRoot().toPath().resolve("out");
        String moving =
                "- from: {uri: 'file:%s?initialDelay=0&delay=10', steps: [{to: 'file:%s'}]}\n".formatted(in, out);
        NODE.apply(PATH, moving + serviceAnswering("old"));
        String absent =
                "- from: {uri: 'file:%s/absent?autoCreate=false&startingDirectoryMustExist=true', steps: [{log: x}]}\n";

        DeploymentException failure = failureOf(serviceAnswering("new") + absent.formatted(in));
        Files.writeString(in.resolve("a.txt"), "a");

        assertThat(failure.reason()).isEqualTo(Reason.START_FAILED);
        assertThat(failure).hasMessageContaining("absent");
        assertThat(NODE.runtime().call("orders", Map.of())).isEqualTo("old");
        await().until(() -> Files.exists(out.resolve("a.txt")));
    }

    @Test
    public void losesNoCallWhileRoutesAreReplaced() throws Exception {
        NODE.apply(PATH, serviceAnswering("version 0"));
        AtomicBoolean stop = new AtomicBoolean();
        CompletableFuture<Object> calls = CompletableFuture.supplyAsync(() -> {
            Object last = "";
            while (!stop.get()) {
                last = NODE.runtime().call("orders", Map.of());
            }
            return last;
        });

        for (int version = 1; version <= 20; version++) {
            NODE.apply(PATH, serviceAnswering("version " + version));
        }
        Object after = NODE.runtime().call("orders", Map.of());
        stop.set(true);

        assertThat(after).isEqualTo("version 20");
        assertThat(calls.join()).asString().startsWith("version");
    }

    @Test
    public void letsExchangesOfTheOldVersionFinish() throws Exception {
        NODE.apply(PATH, "- from: {uri: serai:orders, steps: [{delay: {constant: 300}}, {setBody: {constant: old}}]}");
        CompletableFuture<Object> call =
                CompletableFuture.supplyAsync(() -> NODE.runtime().call("orders", Map.of()));
        await().until(() -> NODE.runtime().active() == 1);

        NODE.apply(PATH, serviceAnswering("new"));

        assertThat(call).isNotDone();
        assertThat(NODE.runtime().call("orders", Map.of())).isEqualTo("new");
        assertThat(call.join()).isEqualTo("old");
    }

    @Test
    public void servesWhileTheOldVersionEndsWhatItHasBegun() throws Exception {
        Path in = folder.newFolder("slow").toPath();
        Path out = folder.getRoot().toPath().resolve("out");
        String from = "- from: {uri: 'file:%s?initialDelay=0&delay=10', steps: [{to: '%s'}]}\n";
        CountDownLatch end = new CountDownLatch(1);
        ServiceRegistration<?> waiting = registerWaiting(end);
        NODE.apply(PATH, from.formatted(in, "serai:wait"));
        Files.writeString(in.resolve("a.json"), "{}");
        await().until(() -> NODE.runtime().active() == 1);

        NODE.apply(PATH, from.formatted(in, "file:" + out));
        Files.writeString(in.resolve("b.json"), "{}");
        await().until(() -> Files.exists(out.resolve("b.json")));

        assertThat(NODE.runtime().active()).isEqualTo(1);
        assertThat(in.resolve("a.json")).exists();
        end.countDown();
        await().until(() -> Files.exists(in.resolve(".camel/a.json")));
        assertThat(out.resolve("a.json")).doesNotExist();
        waiting.unregister();
    }

    @Test
    public void endsWhatItHasBegunWhenTheFileIsRemoved() throws Exception {
        Path in = folder.newFolder("removed").toPath();
        CountDownLatch end = new CountDownLatch(1);
        ServiceRegistration<?> waiting = registerWaiting(end);
        NODE.apply(PATH, "- from: {uri: 'file:%s?initialDelay=0', steps: [{to: 'serai:wait'}]}\n".formatted(in));
        Files.writeString(in.resolve("a.json"), "{}");
        await().until(() -> NODE.runtime().active() == 1);

        NODE.remove(PATH);

        assertThat(NODE.runtime().active()).isEqualTo(1);
        end.countDown();
        await().until(() -> Files.exists(in.resolve(".camel/a.json")));
        waiting.unregister();
    }

    private static ServiceRegistration<?> registerWaiting(CountDownLatch end) {
        Service<Map<String, Object>, String> waiting = new Service<>() {
            @Override
            public String handle(Map<String, Object> input, Context context) throws Exception {
                end.await();
                return "";
            }
        };
        return NODE.bundles()
                .registerService(
                        Service.class.getName(), waiting, FrameworkUtil.asDictionary(Map.of(ServiceInfo.NAME, "wait")));
    }

    @Test
    public void changesTheRestChannelsWithTheRoute() throws Exception {
        NODE.apply(PATH, "- from: {uri: 'serai:orders?rest=GET /a', steps: [{setBody: {constant: a}}]}");

        NODE.apply(PATH, "- from: {uri: 'serai:orders?rest=GET /b, PUT /c/{id}', steps: [{setBody: {constant: b}}]}");

        assertThat(NODE.runtime().find("orders").orElseThrow().rest()).isEqualTo(List.of("GET /b", "PUT /c/{id}"));
        assertThat(NODE.runtime().find("orders").orElseThrow().owner()).isEqualTo(PATH);
        assertThat(NODE.runtime().call("orders", Map.of())).isEqualTo("b");
    }

    private static DeploymentException failureOf(String content) {
        return catchThrowableOfType(DeploymentException.class, () -> NODE.apply(PATH, content));
    }

    private static String serviceAnswering(String simple) {
        return "- from: {uri: serai:orders, steps: [{setBody: {simple: '%s'}}]}\n".formatted(simple);
    }
}
