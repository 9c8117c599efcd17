package io.serai.runtime.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.serai.api.cluster.ClusterNode;
import io.serai.api.cluster.ClusterService;
import io.serai.api.cluster.Member;
import io.serai.api.runtime.ClusterServices;
import io.serai.api.runtime.ClusterServices.ServiceOnNode;
import io.serai.api.runtime.ClusterServices.SharedService;
import io.serai.api.runtime.ServiceDescriptor;
import io.serai.api.service.Workload;
import io.serai.runtime.internal.registry.ServiceDirectory;
import io.serai.runtime.internal.registry.ServiceInstance;
import io.serai.runtime.internal.registry.ServiceOrigin;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.Test;
import org.osgi.framework.Version;

public class PolledServicesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final TestCluster cluster = new TestCluster();

    @Test
    public void addsUpWhatNodesTell() throws Exception {
        ServiceDirectory one = cluster.join("node1");
        ServiceDirectory two = cluster.join("node2");
        offer(one, "orders.get", "deploy/orders.jar");
        offer(two, "orders.get", "deploy/orders.jar");
        offer(two, "report", "deploy/report.jar");
        for (int i = 1; i <= 90; i++) {
            one.recorder("orders.get").answered(Duration.ofMillis(10).toNanos(), "fast");
        }
        for (int i = 1; i <= 10; i++) {
            two.recorder("orders.get").failed(Duration.ofMillis(500).toNanos(), "slow", "too late");
        }

        ClusterServices services = ask();

        assertThat(services.nodes()).containsExactly("node1", "node2");
        assertThat(services.silent()).isEmpty();
        assertThat(services.services()).extracting(SharedService::name).containsExactly("orders.get", "report");
        SharedService orders = services.find("orders.get").orElseThrow();
        assertThat(orders.total().calls()).isEqualTo(100);
        assertThat(orders.total().errors()).isEqualTo(10);
        assertThat(orders.total().p50().toMillis()).isCloseTo(10, within(1L));
        assertThat(orders.total().p95().toMillis())
                .as("the mean of the quantiles of both would be 255")
                .isCloseTo(500, within(5L));
        assertThat(orders.total().mean().toMillis()).isCloseTo(59, within(2L));
        assertThat(orders.total().max()).isEqualTo(Duration.ofMillis(500));
        assertThat(orders.total().lastError().orElseThrow().message()).isEqualTo("too late");
        assertThat(orders.total().slowest()).hasSize(10).allMatch(call -> call.correlationId()
                .equals("slow"));
        assertThat(orders.nodes()).extracting(ServiceOnNode::node).containsExactly("node1", "node2");
        assertThat(orders.nodes().get(0).statistics())
                .isEqualTo(one.statistics("orders.get").orElseThrow());
        assertThat(orders.nodes().get(1).statistics())
                .isEqualTo(two.statistics("orders.get").orElseThrow());
    }

    @Test
    public void tellsOfServicesThatNobodyHasCalled() throws Exception {
        offer(cluster.join("node1"), "hello", "deploy/hello.jar");

        SharedService hello = ask().find("hello").orElseThrow();

        assertThat(hello.total().calls()).isZero();
        assertThat(hello.nodes().get(0).rest()).containsExactly("GET /hello");
        assertThat(hello.nodes().get(0).owner()).isEqualTo("deploy/hello.jar");
    }

    @Test
    public void namesMembersThatDidNotTell() throws Exception {
        offer(cluster.join("node1"), "hello", "deploy/hello.jar");
        cluster.answers.put("node2", CompletableFuture.failedFuture(new TimeoutException()));
        cluster.answers.put(
                "node4",
                CompletableFuture.completedFuture("{\"version\":99,\"services\":[]}".getBytes(StandardCharsets.UTF_8)));
        cluster.away.add("node3");

        ClusterServices services = ask();

        assertThat(services.nodes()).containsExactly("node1");
        assertThat(services.silent()).containsExactly("node2", "node3", "node4");
        assertThat(services.find("hello")).isPresent();
    }

    private ClusterServices ask() throws Exception {
        return new PolledServices(cluster).services(PATIENCE).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private static void offer(ServiceDirectory directory, String name, String owner) throws Exception {
        ServiceDescriptor descriptor = new ServiceDescriptor(
                name,
                "",
                List.of("GET /" + name),
                Workload.NETWORK,
                Duration.ofSeconds(1),
                String.class,
                String.class,
                owner,
                7,
                "Echo");
        ServiceOrigin origin = new ServiceOrigin(owner, 7, owner, new Version(1, 0, 0));
        directory.publish(
                List.of(new ServiceInstance(descriptor, origin, (input, context) -> input, directory.recorder(name))),
                List.of());
    }

    /** Nodes that answer what their directories say, or what a test sets. */
    private static final class TestCluster implements ClusterService {
        private final Map<String, CompletableFuture<byte[]>> answers = new TreeMap<>();
        private final Map<String, ServicesQuestion> questions = new TreeMap<>();
        private final Set<String> away = new TreeSet<>();

        ServiceDirectory join(String node) {
            ServiceDirectory directory = new ServiceDirectory();
            questions.put(node, new ServicesQuestion(directory));
            return directory;
        }

        @Override
        public List<ClusterNode> nodes() {
            Set<String> names = new TreeSet<>(away);
            names.addAll(questions.keySet());
            names.addAll(answers.keySet());
            return names.stream()
                    .map(name -> new Member(UUID.randomUUID(), name, "localhost", 1, 2, Set.of(), List.of()))
                    .map(member -> new ClusterNode(member, ClusterNode.Status.JOINED, Optional.empty(), false, false))
                    .toList();
        }

        @Override
        public CompletableFuture<Void> caughtUp() {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public Map<String, CompletableFuture<byte[]>> ask(String question, byte[] argument, Duration timeout) {
            assertThat(question).isEqualTo(ServicesQuestion.QUESTION);
            Map<String, CompletableFuture<byte[]>> all = new TreeMap<>(answers);
            questions.forEach((node, each) -> all.put(node, CompletableFuture.completedFuture(each.answer(argument))));
            return all;
        }
    }
}
