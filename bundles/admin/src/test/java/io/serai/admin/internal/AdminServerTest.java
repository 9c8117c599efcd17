package io.serai.admin.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Map;
import org.junit.Test;

public class AdminServerTest {
    @Test
    public void leavesTheNodeInPeaceWhenThePortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            AdminServer server =
                    new AdminServer(TestAdmin.config(Map.of("port", taken.getLocalPort())), new TestIdentity());

            assertThat(server.endpoint()).isEmpty();
            server.stop();
        }
    }

    @Test
    public void letsGoOfThePortWhenItStops() throws Exception {
        AdminServer server = new AdminServer(TestAdmin.config(Map.of("port", 0)), new TestIdentity());
        int port = URI.create(server.endpoint()).getPort();
        server.stop();

        AdminServer next = new AdminServer(TestAdmin.config(Map.of("port", port)), new TestIdentity());

        assertThat(next.endpoint()).endsWith(":" + port + "/");
        next.stop();
    }
}
