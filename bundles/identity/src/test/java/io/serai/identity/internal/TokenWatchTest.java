package io.serai.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.serai.api.state.StateReplica;
import io.serai.api.state.StateRepository;
import io.serai.identity.internal.TestNode.RunningNode;
import io.serai.identity.internal.join.JoinJson;
import io.serai.identity.internal.join.JoinRequest;
import io.serai.identity.internal.join.JoinToken;
import io.serai.identity.internal.pki.CertificateRequests;
import io.serai.identity.internal.pki.Keys;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Set;
import java.util.UUID;
import org.junit.Rule;
import org.junit.Test;

public class TokenWatchTest {
    @Rule
    public final ClusterFixture cluster = new ClusterFixture();

    @Rule
    public final LogCapture log = new LogCapture();

    private static void bring(StateRepository from, StateRepository to) throws Exception {
        ByteArrayOutputStream pack = new ByteArrayOutputStream();
        ((StateReplica) from).write(from.head().commit(), Set.of(), pack);
        StateReplica replica = (StateReplica) to;
        replica.read(new ByteArrayInputStream(pack.toByteArray()));
        replica.include(from.head().commit());
    }

    private static byte[] request(JoinToken token, String node) throws Exception {
        return JoinJson.write(new JoinRequest(
                JoinRequest.VERSION,
                token.id(),
                token.secret(),
                UUID.randomUUID(),
                node,
                "127.0.0.1",
                8783,
                8443,
                CertificateRequests.create(Keys.generate())));
    }

    @Test
    public void tellsOfATokenThatHasLetANodeInOnEachSideOfAPartition() throws Exception {
        StateRepository here = cluster.founder().state();
        RunningNode node1 = cluster.node1();
        TestNode second = cluster.joining("node2", cluster.token()).setUp();
        JoinToken used = JoinToken.parse(cluster.token());
        JoinToken usedOnce = JoinToken.parse(cluster.token());
        bring(here, second.state());
        RunningNode node2 = second.start();
        node1.enrollment().enroll(request(used, "node3"), "192.0.2.7");
        node2.enrollment().enroll(request(used, "node4"), "192.0.2.8");
        node2.enrollment().enroll(request(usedOnce, "node5"), "192.0.2.9");
        TokenWatch watch = new TokenWatch(node1.directory(), here, (StateReplica) here, cluster.heads);
        try {
            assertThat(log.text()).doesNotContain("A token let two nodes join");

            bring(second.state(), here);
            await().until(() -> log.text().contains("A token let two nodes join"));
            cluster.token(); // the head moves again

            assertThat(log.text())
                    .containsPattern(
                            "WARN audit - A token .*token=" + used.id() + ", node=node(3, other=node4|4, other=node3)")
                    .containsOnlyOnce("A token let two nodes join");
        } finally {
            watch.close();
        }
    }
}
