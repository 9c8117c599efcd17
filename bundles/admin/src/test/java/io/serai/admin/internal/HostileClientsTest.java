package io.serai.admin.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.After;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Test;

public class HostileClientsTest {
    @ClassRule
    public static final TestAdmin ADMIN =
            new TestAdmin().with("headers_timeout_millis", 300L).with("idle_timeout_millis", 5_000L);

    private static final String HEAD = " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n";

    @Before
    public void enroll() {
        ADMIN.server().enrollment = (request, from) -> new byte[0];
    }

    @After
    public void stillServes() throws Exception {
        assertThat(ADMIN.post("/api/v1/cluster/join", "{}").statusCode()).isEqualTo(200);
    }

    @Test
    public void plainHttpGetsNothing() throws IOException {
        try (Socket socket = ADMIN.plain()) {
            TestAdmin.write(socket, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(TestAdmin.readAll(socket)).doesNotContain("HTTP");
        }
    }

    @Test
    public void olderTlsIsRefused() throws IOException {
        try (SSLSocket socket = (SSLSocket) ADMIN.secure()) {
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLException.class);
        }
    }

    @Test
    public void unknownAndMalformedRequestsGetProblems() throws Exception {
        HttpResponse<String> unknown = ADMIN.get("/nothing");
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.headers().firstValue("Server")).isEmpty();
        refuses("GET /" + HEAD + "\r\n", 404);
        refuses("GARBAGE\r\n\r\n", 400);
        refuses("GET /a HTTP/1.1\r\n\r\n", 400);
        refuses("GET /a/../../etc/passwd" + HEAD + "\r\n", 400);
        refuses("GET /%2e%2e/b" + HEAD + "\r\n", 400);
        refuses("GET /" + "a".repeat(20_000) + HEAD + "\r\n", 414);
        refuses("GET /a" + HEAD + "X: " + "a".repeat(20_000) + "\r\n\r\n", 431);
        refuses("POST /api/v1/cluster/join" + HEAD + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!", 400);
        refuses("POST /api/v1/cluster/join" + HEAD + "Transfer-Encoding: chunked\r\n\r\nzz\r\n", 400);
    }

    @Test
    public void whoSaysNothingIsLetGo() throws IOException {
        try (Socket socket = ADMIN.plain()) {
            assertThat(TestAdmin.readAll(socket)).doesNotContain("HTTP");
        }
    }

    @Test
    public void headersThatTrickleEndTheConnection() throws IOException {
        try (Socket socket = ADMIN.secure()) {
            TestAdmin.write(socket, "GET / HTTP/1.1\r\n");
            endsWhileTrickling(socket, "X: y\r\n");
        }
    }

    @Test
    public void headersOfALaterRequestThatTrickleEndTheConnection() throws IOException {
        try (Socket socket = ADMIN.secure()) {
            TestAdmin.write(socket, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            endsWhileTrickling(socket, "X: y\r\n");
        }
    }

    @Test
    public void aBodyThatTricklesEndsTheConnection() throws IOException {
        try (Socket socket = ADMIN.secure()) {
            TestAdmin.write(socket, "POST /api/v1/cluster/join HTTP/1.1\r\nHost: x\r\nContent-Length: 10000\r\n\r\n");
            endsWhileTrickling(socket, "a");
        }
    }

    private static void endsWhileTrickling(Socket socket, String drop) {
        AtomicReference<IOException> end = new AtomicReference<>();
        await().atMost(Duration.ofSeconds(4))
                .pollInterval(Duration.ofMillis(30))
                .until(() -> {
                    try {
                        TestAdmin.write(socket, drop);
                    } catch (IOException e) {
                        end.set(e);
                    }
                    return end.get() != null;
                });
    }

    private static void refuses(String request, int status) throws IOException {
        try (Socket socket = ADMIN.secure()) {
            TestAdmin.write(socket, request);
            assertThat(TestAdmin.readAll(socket))
                    .as(request)
                    .startsWith("HTTP/1.1 " + status + " ")
                    .contains("application/problem+json", "\"status\":" + status, "\"correlationId\":")
                    .doesNotContain("<html", "Exception", "etty", "\tat ");
        }
    }
}
