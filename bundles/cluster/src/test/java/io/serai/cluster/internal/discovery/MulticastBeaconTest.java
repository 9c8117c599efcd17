package io.serai.cluster.internal.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

public class MulticastBeaconTest {
    // by default a node tells itself every 5 s; whoever is new is answered at once
    private static final Duration SOON = Duration.ofSeconds(4);

    private final InetAddress loopback = InetAddress.getLoopbackAddress();
    private final List<MulticastBeacon> beacons = new ArrayList<>();
    private InetSocketAddress group;

    @Before
    public void chooseGroup() throws Exception {
        try (DatagramSocket free = new DatagramSocket(0, loopback)) {
            group = new InetSocketAddress("239.255.77.1", free.getLocalPort());
        }
    }

    @After
    public void close() {
        beacons.forEach(MulticastBeacon::close);
    }

    private MulticastBeacon beacon(int port, Runnable found) {
        MulticastBeacon beacon =
                new MulticastBeacon(group, InetSocketAddress.createUnresolved(loopback.getHostAddress(), port), found);
        beacons.add(beacon);
        beacon.open();
        return beacon;
    }

    private void send(String text) throws Exception {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setOption(StandardSocketOptions.IP_MULTICAST_IF, NetworkInterface.getByInetAddress(loopback));
            byte[] message = text.getBytes(StandardCharsets.US_ASCII);
            socket.send(new DatagramPacket(message, message.length, group));
        }
    }

    /** Sends until it is heard: whoever opens a socket is not there at once. */
    private void awaitHeard(MulticastBeacon beacon, int port) {
        await().atMost(SOON).until(() -> {
            send("serai-node " + port);
            return beacon.heard().contains(new InetSocketAddress(loopback, port));
        });
    }

    @Test
    public void nodesHearOfEachOtherAtOnce() {
        AtomicInteger found = new AtomicInteger();
        MulticastBeacon first = beacon(7001, found::incrementAndGet);
        awaitHeard(first, 7099);
        int before = found.get();

        MulticastBeacon second = beacon(7002, () -> {});

        await().atMost(SOON).until(() -> first.heard().contains(new InetSocketAddress(loopback, 7002)));
        await().atMost(SOON).until(() -> second.heard().contains(new InetSocketAddress(loopback, 7001)));
        assertThat(found.get()).isEqualTo(before + 1);
        assertThat(first.heard()).as("not of itself").doesNotContain(new InetSocketAddress(loopback, 7001));
    }

    @Test
    public void ignoresWhatIsNotFromNodes() throws Exception {
        MulticastBeacon beacon = beacon(7001, () -> {});
        awaitHeard(beacon, 7099);

        for (String text : List.of("", "GET / HTTP/1.1", "serai-node 0", "serai-node 70000", "x".repeat(60_000))) {
            send(text);
        }
        send("serai-node 7003");

        await().atMost(SOON).until(() -> beacon.heard().contains(new InetSocketAddress(loopback, 7003)));
        assertThat(beacon.heard()).extracting(InetSocketAddress::getPort).containsExactlyInAnyOrder(7099, 7003);
    }

    @Test
    public void remembersNoMoreThanANetworkHas() throws Exception {
        AtomicInteger found = new AtomicInteger();
        MulticastBeacon beacon = beacon(7001, found::incrementAndGet);
        awaitHeard(beacon, 7099);

        for (int port = 10_000; port < 10_200; port++) {
            send("serai-node " + port);
        }

        await().atMost(SOON).until(() -> beacon.heard().size() == 64);
        assertThat(beacon.heard()).contains(new InetSocketAddress(loopback, 7099));
        assertThat(found.get()).as("searches for nodes").isLessThanOrEqualTo(64);
    }
}
