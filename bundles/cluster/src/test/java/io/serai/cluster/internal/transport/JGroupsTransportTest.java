package io.serai.cluster.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.serai.cluster.internal.transport.JGroupsTransport.Listener;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.junit.After;
import org.junit.Test;

public class JGroupsTransportTest {
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private final TestTls authority = new TestTls();
    private final ExecutorService workers = Executors.newCachedThreadPool(new NamedThreads("test"));
    private final List<JGroupsTransport> transports = new ArrayList<>();
    private final List<InetSocketAddress> addresses = new ArrayList<>();

    /** What a node has heard; answers questions with what it was asked, twice. */
    private static final class Heard implements Transport.Receiver {
        private final Queue<String> announcements = new ConcurrentLinkedQueue<>();

        @Override
        public void viewChanged(List<UUID> view) {}

        @Override
        public void announced(UUID from, ByteBuffer message) {
            announcements.add(StandardCharsets.UTF_8.decode(message).toString());
        }

        @Override
        public byte[] asked(UUID from, ByteBuffer request) {
            byte[] answer = new byte[request.remaining() * 2];
            ByteBuffer.wrap(answer).put(request.duplicate()).put(request);
            return answer;
        }
    }

    @After
    public void close() {
        transports.forEach(JGroupsTransport::close);
        workers.shutdownNow();
    }

    private Heard node(SSLContext tls) throws Exception {
        Heard heard = new Heard();
        InetSocketAddress address = freeAddress();
        JGroupsTransport transport = new JGroupsTransport(
                new Listener(address, "node" + (transports.size() + 1)), tls, List.copyOf(addresses), workers);
        transports.add(transport);
        addresses.add(address);
        transport.connect(heard);
        return heard;
    }

    private static InetSocketAddress freeAddress() throws Exception {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), free.getLocalPort());
        }
    }

    private void awaitView(int index, int size) {
        await().atMost(LIMIT).until(() -> transports.get(index).view().size() == size);
    }

    @Test
    public void nodesOfOneAuthorityFindEachOtherAndTheOldestLeads() throws Exception {
        node(authority.node("one"));
        node(authority.node("two"));
        node(authority.node("three"));

        for (int i = 0; i < 3; i++) {
            awaitView(i, 3);
            assertThat(transports.get(i).view().get(0))
                    .isEqualTo(transports.get(0).self());
        }
    }

    @Test
    public void nodesThatDidNotKnowOfEachOtherBecomeOneWhenOneIsToldWhereTheOtherIs() throws Exception {
        node(authority.node("one"));
        addresses.clear();
        node(authority.node("two"));
        awaitView(1, 1);

        transports.get(0).reach(addresses);

        awaitView(0, 2);
        awaitView(1, 2);
    }

    @Test
    public void tellsAllOthersAndAsksOne() throws Exception {
        Heard first = node(authority.node("one"));
        Heard second = node(authority.node("two"));
        awaitView(0, 2);

        transports.get(1).announce("hello".getBytes(StandardCharsets.UTF_8));
        await().atMost(LIMIT).until(() -> first.announcements.contains("hello"));
        byte[] noise = new byte[700_000];
        new Random(1).nextBytes(noise);
        ByteBuffer answer =
                transports.get(0).ask(transports.get(1).self(), noise, LIMIT).get();

        assertThat(second.announcements).as("what it said itself").isEmpty();
        assertThat(answer.remaining()).isEqualTo(2 * noise.length);
        assertThat(answer.slice(0, noise.length)).isEqualTo(ByteBuffer.wrap(noise));
    }

    @Test
    public void questionToOneThatIsGoneFails() throws Exception {
        node(authority.node("one"));
        node(authority.node("two"));
        awaitView(0, 2);
        UUID gone = transports.get(1).self();
        transports.get(1).close();

        assertThatThrownBy(() -> transports
                        .get(0)
                        .ask(gone, new byte[] {1}, Duration.ofSeconds(2))
                        .get())
                .isInstanceOf(ExecutionException.class);
        awaitView(0, 1);
    }

    @Test
    public void nodeOfAnotherAuthorityStaysOutside() throws Exception {
        node(authority.node("one"));
        node(new TestTls().node("stranger"));
        node(authority.node("two"));

        awaitView(0, 2);
        assertThat(transports.get(0).view()).doesNotContain(transports.get(1).self());
        assertThat(transports.get(1).view()).containsExactly(transports.get(1).self());
    }

    @Test
    public void nodeThatNoLongerBelongsIsCutOff() throws Exception {
        AcceptedNames accepted = new AcceptedNames();
        node(authority.node("one", accepted));
        node(authority.node("two", accepted));
        node(authority.node("three", accepted));
        awaitView(0, 3);

        accepted.refuse("CN=three");
        transports.get(0).closeUnless(accepted::accepts);
        transports.get(1).closeUnless(accepted::accepts);

        awaitView(0, 2);
        awaitView(1, 2);
        assertThat(transports.get(0).view()).doesNotContain(transports.get(2).self());
    }

    @Test
    public void strangersWhoSayNothingOrRubbishDoNotKeepMembersWaiting() throws Exception {
        node(authority.node("one"));
        List<Socket> strangers = new ArrayList<>();
        try {
            for (int i = 0; i < 150; i++) {
                Socket stranger = new Socket(
                        addresses.get(0).getAddress(), addresses.get(0).getPort());
                strangers.add(stranger);
                if (i % 2 == 0) {
                    stranger.getOutputStream()
                            .write("GET / HTTP/1.1\r\n\r\n".repeat(100).getBytes(StandardCharsets.UTF_8));
                }
            }
            long before = System.nanoTime();

            node(authority.node("two"));
            awaitView(0, 2);

            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(4));
            for (Socket stranger : strangers) {
                stranger.setSoTimeout((int) LIMIT.toMillis());
                assertThat(endsWithoutAWord(stranger)).as("is hung up on").isTrue();
            }
        } finally {
            for (Socket stranger : strangers) {
                stranger.close();
            }
        }
    }

    private static boolean endsWithoutAWord(Socket stranger) throws Exception {
        try (InputStream in = stranger.getInputStream()) {
            // a TLS alert is all that it may hear
            return in.readNBytes(64).length < 16;
        } catch (java.net.SocketException e) {
            return true;
        }
    }
}
