package io.serai.identity.internal;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.serai.api.cluster.Enrollment;
import io.serai.api.state.StateException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/** The administration server of a node, as far as joining needs it. */
final class JoinServer implements AutoCloseable {
    private final HttpsServer server;
    private final ExecutorService executor = Executors.newFixedThreadPool(4);
    private final Enrollment enrollment;

    JoinServer(SSLContext tls, Enrollment enrollment) throws IOException {
        this.enrollment = enrollment;
        this.server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.setExecutor(executor);
        server.createContext("/api/v1/cluster/join", this::join);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    private void join(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] answer;
            int status = 200;
            try {
                answer = enrollment.enroll(
                        exchange.getRequestBody().readAllBytes(),
                        exchange.getRemoteAddress().getHostString());
            } catch (StateException e) {
                status = switch (e.reason()) {
                    case INVALID -> 400;
                    case NOT_FOUND -> 403;
                    case CONFLICT -> 409;
                    case IO -> 503;
                };
                answer = ("{\"detail\":\"" + e.getMessage() + "\"}").getBytes(StandardCharsets.UTF_8);
            }
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }
}
