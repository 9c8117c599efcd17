package io.serai.itests.cluster;

import io.serai.itests.node.CommandLine;
import io.serai.itests.node.Distribution;
import io.serai.itests.node.NodeProcess;
import io.serai.itests.node.PortBlock;
import io.serai.itests.node.Scratch;
import io.serai.itests.node.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.rules.ExternalResource;

/**
 * Nodes on machines of their own, as far as a network goes: each has a network namespace, and a cable to a switch that can
 * be pulled. This test reaches their services by other cables. Needs root, and {@code ip} of iproute2.
 */
final class NodeNetwork extends ExternalResource {
    private static final String HTTP = "io.serai.http.cfg";
    private static final int ADDRESSES = 4; // of the network between this test and a node

    // names of namespaces and devices are of the whole machine, so that other runs must have others
    private final String id = "s" + ProcessHandle.current().pid() % 1_000_000;
    private final String control = "198.18." + ProcessHandle.current().pid() % 250 + ".";
    private final PortBlock ports = PortBlock.claim();
    private final int count;
    private final List<NodeProcess> nodes = new ArrayList<>();

    NodeNetwork(int count) {
        this.count = count;
    }

    @Override
    protected void before() throws Throwable {
        try {
            build();
            for (int number = 1; number <= count; number++) {
                start(number);
            }
        } catch (Throwable failure) {
            after(); // JUnit does not call it if this fails
            throw failure;
        }
    }

    private void start(int number) throws IOException {
        Path home = Scratch.folder("home");
        // this test is not on the machine of the node
        Path etc = Files.createDirectories(home.resolve("node" + number).resolve("etc"));
        String http = Files.readString(Distribution.folder().resolve("etc").resolve(HTTP));
        Files.writeString(etc.resolve(HTTP), http.replace("host = 127.0.0.1", "host = 0.0.0.0"));
        Site site = new Site(
                home,
                ports,
                control + (number * ADDRESSES + 2),
                List.of("ip", "netns", "exec", namespace(number)),
                List.of("--host", address(number)));
        NodeProcess node = new NodeProcess(site, number);
        nodes.add(node);
        if (number == 1) {
            node.start();
        } else {
            String token = nodes.get(0)
                    .json("cluster:token-create --json")
                    .path("token")
                    .asText();
            node.start(Map.of(), "--join", token);
        }
    }

    @Override
    protected void after() {
        try {
            nodes.stream().filter(NodeProcess::isRunning).forEach(NodeProcess::kill);
        } finally {
            List<String> present = CommandLine.succeed("ip", "netns", "list")
                    .lines()
                    .map(line -> line.split(" ", 2)[0])
                    .filter(name -> name.startsWith(id + "-"))
                    .toList();
            present.forEach(name -> ip("netns delete " + name)); // with all that is plugged in there
        }
    }

    private void build() {
        ip("netns add " + namespace(0));
        in(0, "link add one type bridge");
        in(0, "link add two type bridge");
        in(0, "link set one up");
        in(0, "link set two up");
        for (int number = 1; number <= count; number++) {
            ip("netns add " + namespace(number));
            in(number, "link set lo up");
            ip("link add eth0 netns " + namespace(number) + " type veth peer name port" + number + " netns "
                    + namespace(0));
            in(number, "address add " + address(number) + "/24 dev eth0");
            in(number, "link set eth0 up");
            in(0, "link set port" + number + " master one up");
            String cable = id + "c" + number;
            ip("link add " + cable + " type veth peer name control netns " + namespace(number));
            ip("address add " + control + (number * ADDRESSES + 1) + "/30 dev " + cable);
            ip("link set " + cable + " up");
            in(number, "address add " + control + (number * ADDRESSES + 2) + "/30 dev control");
            in(number, "link set control up");
        }
    }

    NodeProcess node(int number) {
        return nodes.get(number - 1);
    }

    List<NodeProcess> nodes() {
        return List.copyOf(nodes);
    }

    /** Puts some nodes on another switch: they and the others do not hear from each other, and nobody is told. */
    void cut(int... numbers) {
        IntStream.of(numbers).forEach(number -> in(0, "link set port" + number + " master two"));
    }

    /** Puts all nodes on one switch. */
    void heal() {
        for (int number = 1; number <= count; number++) {
            in(0, "link set port" + number + " master one");
        }
    }

    /** Loses what one node sends to another; the other way round it arrives. */
    void lose(int from, int to) {
        in(from, "route add blackhole " + address(to) + "/32");
    }

    /** Loses nothing any more. */
    void deliver(int from, int to) {
        in(from, "route delete blackhole " + address(to) + "/32");
    }

    private String namespace(int number) {
        return id + "-" + number;
    }

    private static String address(int number) {
        return "10.99.0." + number;
    }

    private void in(int number, String command) {
        ip("-n " + namespace(number) + " " + command);
    }

    private static void ip(String command) {
        CommandLine.succeed(("ip " + command).split(" ", -1));
    }
}
