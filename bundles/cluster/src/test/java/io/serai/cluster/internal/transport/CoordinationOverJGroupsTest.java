package io.serai.cluster.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.serai.api.cluster.Agreement;
import io.serai.api.cluster.ClusterLock;
import io.serai.cluster.internal.coordination.Connection;
import io.serai.cluster.internal.coordination.Hub;
import io.serai.cluster.internal.coordination.ThreadAgenda;
import io.serai.cluster.internal.coordination.locks.GrantedLocks;
import io.serai.cluster.internal.coordination.locks.PromiseFile;
import io.serai.cluster.internal.coordination.maps.ReplicatedMaps;
import io.serai.cluster.internal.message.Answer;
import io.serai.cluster.internal.message.Frame;
import io.serai.cluster.internal.message.Request;
import io.serai.cluster.internal.transport.JGroupsTransport.Listener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Maps and locks between nodes that talk over TLS. */
public class CoordinationOverJGroupsTest {
    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final Set<UUID> MEMBERS = Set.of(new UUID(0, 0), new UUID(0, 1));

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final TestTls authority = new TestTls();
    private final ExecutorService workers = Executors.newCachedThreadPool(new NamedThreads("test"));
    private final List<Node> nodes = new ArrayList<>();
    private final List<InetSocketAddress> addresses = new ArrayList<>();

    /** One node, and what comes to it. */
    private final class Node implements Transport.Receiver {
        final ThreadAgenda agenda = new ThreadAgenda();
        final JGroupsTransport transport;
        final Connection connection;
        final ReplicatedMaps maps;
        final GrantedLocks locks;

        Node(int number) throws Exception {
            InetSocketAddress address;
            try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                address = new InetSocketAddress(InetAddress.getLoopbackAddress(), free.getLocalPort());
            }
            transport = new JGroupsTransport(
                    new Listener(address, "node" + number),
                    authority.node("node" + number),
                    List.copyOf(addresses),
                    workers);
            addresses.add(address);
            Hub hub = new Hub(agenda, new UUID(0, number));
            maps = new ReplicatedMaps(hub, workers);
            locks = new GrantedLocks(
                    hub, () -> MEMBERS, new PromiseFile(folder.newFolder().toPath()), workers);
            connection = new Connection(hub, agenda, transport);
            transport.connect(this);
        }

        @Override
        public void viewChanged(List<UUID> view) {
            connection.viewChanged(view);
        }

        @Override
        public void announced(UUID from, ByteBuffer message) {}

        @Override
        public byte[] asked(UUID from, ByteBuffer request) {
            try {
                Frame<Request> frame = Frame.decode(Request.class, request);
                Request.Coordination message = (Request.Coordination) frame.header();
                byte[] answer = connection.asked(from, message.kind(), frame.copyOfPayload());
                return new Frame<>(Answer.done(), ByteBuffer.wrap(answer)).encode();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private Node start() throws Exception {
        Node node = new Node(nodes.size());
        nodes.add(node);
        await().atMost(LIMIT).until(() -> nodes.stream()
                .allMatch(each -> each.transport.view().size() == nodes.size()));
        return node;
    }

    @After
    public void close() {
        nodes.forEach(node -> {
            node.transport.close();
            node.agenda.close();
        });
        workers.shutdownNow();
    }

    @Test
    public void nodeThatJoinsGetsTheMapsAndHearsOfChanges() throws Exception {
        Node first = start();
        for (int i = 0; i < 100; i++) {
            first.maps.map("test").put("key" + i, new byte[10_000]);
        }
        Node second = start();
        await().atMost(LIMIT).until(() -> second.maps.map("test").entries().size() == 100);

        second.maps.map("test").put("new", new byte[] {1});
        second.maps.map("test").remove("key1");

        await().atMost(LIMIT)
                .until(() -> first.maps.map("test").get("new").isPresent()
                        && first.maps.map("test").get("key1").isEmpty());
    }

    @Test
    public void oneNodeHasALockAndTheOtherGetsItOnceThatIsGone() throws Exception {
        Node first = start();
        Node second = start();
        ClusterLock reachable =
                first.locks.tryLock("a", Agreement.REACHABLE, LIMIT).orElseThrow();
        ClusterLock majority =
                first.locks.tryLock("a", Agreement.MAJORITY, LIMIT).orElseThrow();

        assertThat(second.locks.tryLock("a", Agreement.REACHABLE, Duration.ZERO))
                .isEmpty();
        assertThat(second.locks.tryLock("a", Agreement.MAJORITY, Duration.ZERO)).isEmpty();
        majority.close();
        Optional<ClusterLock> next = second.locks.tryLock("a", Agreement.MAJORITY, LIMIT);
        assertThat(next.orElseThrow().token()).isGreaterThan(majority.token());

        assertThat(reachable.isHeld()).isTrue();
        first.transport.close();
        assertThat(second.locks.tryLock("a", Agreement.REACHABLE, LIMIT)).isPresent();
    }
}
