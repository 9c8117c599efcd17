package io.serai.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.ClassRule;
import org.junit.Test;
import org.osgi.framework.FrameworkUtil;

@NullUnmarked
public class WhiteboardTest {
    @ClassRule
    public static final TestServer SERVER = new TestServer();

    @Test
    public void servesServletsWithAsyncSessionsAndErrors() throws Exception {
        register(
                Servlet.class,
                new Counting(),
                Map.of(
                        "osgi.http.whiteboard.servlet.pattern",
                        "/servlet/*",
                        "osgi.http.whiteboard.servlet.asyncSupported",
                        true));

        HttpResponse<String> first = SERVER.get("/servlet/a%20b?async");
        String cookie = first.headers().firstValue("Set-Cookie").orElseThrow();
        HttpResponse<String> second =
                SERVER.send(SERVER.request("/servlet/c").header("Cookie", cookie.substring(0, cookie.indexOf(';'))));
        HttpResponse<String> failed = SERVER.get("/servlet/fail");

        assertThat(first.body()).isEqualTo("/a b 1");
        assertThat(first.headers().firstValue("X-Served-By")).hasValue("node1");
        assertThat(cookie).containsIgnoringCase("HttpOnly").containsIgnoringCase("SameSite=Lax");
        assertThat(second.body()).isEqualTo("/c 2");
        assertThat(failed.statusCode()).isEqualTo(500);
        assertThat(failed.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(failed.body()).contains("correlationId").doesNotContain("secret", "Exception");
    }

    @Test
    public void servesServletsOfTheOldApi() throws Exception {
        register(
                javax.servlet.Servlet.class,
                new javax.servlet.http.HttpServlet() {
                    private static final long serialVersionUID = 1L;

                    @Override
                    protected void doGet(
                            javax.servlet.http.HttpServletRequest request,
                            javax.servlet.http.HttpServletResponse response)
                            throws IOException {
                        response.getWriter().print("old");
                    }
                },
                Map.of("osgi.http.whiteboard.servlet.pattern", "/old"));

        assertThat(SERVER.get("/old").body()).isEqualTo("old");
    }

    @Test
    public void channelsComeBeforeServlets() throws Exception {
        register(Servlet.class, new Counting(), Map.of("osgi.http.whiteboard.servlet.pattern", "/both/*"));
        SERVER.serve("GET /both/channel", Void.class, String.class, call -> "channel");

        assertThat(SERVER.get("/both/channel").body()).isEqualTo("channel");
        assertThat(SERVER.get("/both/servlet").body()).startsWith("/servlet");
    }

    private static <S> void register(Class<S> type, S servlet, Map<String, Object> properties) {
        SERVER.framework().getBundleContext().registerService(type, servlet, FrameworkUtil.asDictionary(properties));
    }

    private static final class Counting extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) {
            if (request.getPathInfo().equals("/fail")) {
                throw new IllegalStateException("secret");
            }
            Integer earlier = (Integer) request.getSession().getAttribute("count");
            int count = earlier == null ? 1 : earlier + 1;
            request.getSession().setAttribute("count", count);
            if (request.getQueryString() == null) {
                print(request, response, count);
                return;
            }
            AsyncContext async = request.startAsync();
            async.start(() -> {
                print(request, response, count);
                async.complete();
            });
        }

        private static void print(HttpServletRequest request, HttpServletResponse response, int count) {
            try {
                response.getWriter().print(request.getPathInfo() + " " + count);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
