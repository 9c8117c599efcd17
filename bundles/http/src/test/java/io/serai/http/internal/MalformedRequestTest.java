package io.serai.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;

/** What is not HTTP, or not fit to be served, gets a problem document, never an HTML page or a stack trace. */
public class MalformedRequestTest {
    @ClassRule
    public static final TestServer SERVER = new TestServer().with("idle_timeout_millis", 500L);

    private static final String HEAD = " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n";

    record Query(String name) {}

    @BeforeClass
    public static void serve() {
        SERVER.serve("GET /{rest:path}", Void.class, String.class, call -> "reached");
        SERVER.serve("POST /post", Query.class, Query.class, call -> call.input());
    }

    @Test
    public void garbage() throws IOException {
        refuses("GARBAGE\r\n\r\n", 400);
        refuses("GET /a HTTP/9.9\r\nHost: x\r\n\r\n", 505);
        refuses("GET /a HTTP/1.1\r\n\r\n", 400);
        refuses("GET /a HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", 400);
        refuses("GET /a HTTP/1.1\r\nHost: x\r\nBad Header: y\r\n\r\n", 400);
    }

    @Test
    public void pathsThatClimbOrHideSomething() throws IOException {
        for (String path : new String[] {
            "/../etc/passwd", "/a/../b", "/%2e%2e/b", "/a%2fb", "/a%5Cb", "/a%00b", "/a//b", "/a/..;/b", "/%zz", "/%FF"
        }) {
            refuses("GET " + path + HEAD + "\r\n", 400);
        }
    }

    @Test
    public void oversizedRequestLineAndHeaders() throws IOException {
        refuses("GET /" + "a".repeat(20_000) + HEAD + "\r\n", 414);
        refuses("GET /a" + HEAD + "X: " + "a".repeat(20_000) + "\r\n\r\n", 431);
    }

    @Test
    public void contradictoryFraming() throws IOException {
        refuses("POST /post" + HEAD + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400);
        refuses("POST /post" + HEAD + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!", 400);
        refuses("POST /post" + HEAD + "Content-Length: -5\r\n\r\n", 400);
        refuses(
                "POST /post" + HEAD + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                400);
    }

    @Test
    public void wrongEncodings() throws IOException {
        refuses("POST /post?name=%zz" + HEAD + "\r\n", 400);
        refuses(
                "POST /post" + HEAD + "Content-Type: application/json;charset=none\r\nContent-Length: 2\r\n\r\n{}",
                415);
        refuses(
                "POST /post" + HEAD
                        + "Content-Encoding: br\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
                415);
        refuses("POST /post" + HEAD + "Expect: miracles\r\n\r\n", 417);
    }

    @Test
    public void silenceInTheMiddleOfABody() throws IOException {
        refuses("POST /post" + HEAD + "Content-Type: application/json\r\nContent-Length: 20\r\n\r\n{\"name", 408);
    }

    @Test
    public void traceAndUnknownMethods() throws IOException {
        refuses("TRACE /post" + HEAD + "\r\n", 405);
        refuses("FROBNICATE /post" + HEAD + "\r\n", 405);
    }

    @Test
    public void asteriskIsNoPath() throws IOException {
        refuses("OPTIONS *" + HEAD + "\r\n", 400);
    }

    private static void refuses(String request, int status) throws IOException {
        String answer = SERVER.raw(request);
        assertThat(answer)
                .as(request)
                .startsWith("HTTP/1.1 " + status + " ")
                .containsIgnoringCase("Content-Type: application/problem+json")
                .contains("\"status\":" + status, "\"detail\":", "\"instance\":\"", "\"correlationId\":")
                .contains("X-Correlation-Id: ", "X-Served-By: node1")
                .doesNotContain("<html", "Exception", "jetty", "\tat ");
    }
}
