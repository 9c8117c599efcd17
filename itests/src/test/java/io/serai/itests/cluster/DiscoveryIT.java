package io.serai.itests.cluster;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serai.itests.deploy.TestBundle;
import io.serai.itests.node.Distribution;
import io.serai.itests.node.NodeProcess;
import io.serai.itests.node.PortBlock;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Nodes that are not where the state says, as behind an address translation, and find each other nevertheless. */
public class DiscoveryIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String FILE = "io.serai.cluster.cfg";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final ClusterProcess cluster = new ClusterProcess(2);
    private final int base = PortBlock.claim().base();

    @After
    public void stop() {
        cluster.after();
    }

    /** Writes the configuration of a node that has not been started yet. */
    private static void configure(NodeProcess node, Map<String, String> settings) throws IOException {
        String text = Files.readString(Distribution.folder().resolve("etc").resolve(FILE));
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            String line = "(?m)^" + setting.getKey().replace(".", "\\.") + " =.*$";
            text = text.replaceFirst(line, setting.getKey() + " = " + setting.getValue());
        }
        Path etc = Files.createDirectories(node.folder().resolve("etc"));
        Files.writeString(etc.resolve(FILE), text);
    }

    private void assertMeet() {
        for (NodeProcess node : cluster.nodes()) {
            assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), node.clusterPort()).close())
                    .as("where the state says that %s is", node.name())
                    .isInstanceOf(ConnectException.class);
            ClusterProcess.awaitInReach(node, 2, LIMIT);
        }
        cluster.node(2).drop("Found.java", TestBundle.serviceSource("Found", "found", "here"));
        cluster.awaitAnswerOnAll("/found", "here");
        cluster.awaitEqual();
    }

    @Test
    public void nodesOfOneNetworkFindEachOtherByMulticast() throws IOException {
        for (int number = 1; number <= 2; number++) {
            configure(
                    cluster.node(number),
                    Map.of(
                            "port",
                            Integer.toString(base + number),
                            "discovery.multicast.group",
                            "239.255.77.1:" + base));
        }

        cluster.nodes().forEach(NodeProcess::start);

        assertMeet();
    }

    @Test
    public void nodesFindEachOtherByANameThatHasAllTheirAddresses() throws IOException {
        String name = "nodes.serai.test";
        List<String> addresses = List.of("127.77.0.1", "127.77.0.2");
        Path hosts = folder.newFile("hosts").toPath();
        Files.write(
                hosts,
                List.of(
                        "127.0.0.1 localhost " + InetAddress.getLocalHost().getHostName(),
                        addresses.get(0) + " " + name,
                        addresses.get(1) + " " + name));
        for (int number = 1; number <= 2; number++) {
            configure(
                    cluster.node(number),
                    Map.of(
                            "host",
                            addresses.get(number - 1),
                            "port",
                            Integer.toString(base + 1),
                            "discovery.dns.name",
                            name));
        }

        cluster.nodes().forEach(node -> node.start(Map.of("SERAI_JAVA_OPTS", "-Djdk.net.hosts.file=" + hosts)));

        assertMeet();
    }
}
