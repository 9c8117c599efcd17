package io.serai.http.internal;

import static io.serai.http.internal.TestServer.input;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.serai.api.runtime.InvocationResult;
import io.serai.api.service.ServiceException;
import io.serai.api.service.ServiceException.Reason;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.ClassRule;
import org.junit.Test;

public class RestChannelTest {
    @ClassRule
    public static final TestServer SERVER = new TestServer();

    record Query(String name) {}

    record Greeting(String text) {}

    record Order(int id, String item, Optional<Integer> count) {}

    record Filter(List<String> tag) {}

    @Test
    public void answersJsonOfPathAndQuery() throws Exception {
        SERVER.serve(
                "GET /greet/{name}",
                Query.class,
                Greeting.class,
                call -> new Greeting(input(call, Query.class).name()));

        HttpResponse<String> answer = SERVER.get("/greet/J%C3%BCrgen%25%20M?name=other");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"text\":\"Jürgen% M\"}");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(answer.headers().firstValueAsLong("Content-Length"))
                .hasValue(answer.body().length() + 1);
        assertThat(answer.headers().firstValue("X-Served-By")).hasValue("node1");
        assertThat(answer.headers().firstValue("X-Correlation-Id")).isPresent();
        assertThat(answer.headers().firstValue("Server")).isEmpty();
    }

    @Test
    public void bindsRepeatedQueryParametersAsList() throws Exception {
        SERVER.serve("GET /filter", Filter.class, Filter.class, call -> call.input());

        assertThat(SERVER.get("/filter?tag=a&x=1&tag=b+c&tag=%26").body()).isEqualTo("{\"tag\":[\"a\",\"b c\",\"&\"]}");
    }

    @Test
    public void bindsPathQueryAndJsonBodyTogether() throws Exception {
        SERVER.serve("PUT /orders/{id:int}", Order.class, Order.class, call -> call.input());

        HttpResponse<String> answer = SERVER.send(SERVER.request("/orders/7?count=2")
                .header("Content-Type", "application/json; charset=ISO-8859-1")
                .PUT(BodyPublishers.ofByteArray("{\"id\":8,\"item\":\"Öl\"}".getBytes(ISO_8859_1))));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"id\":7,\"item\":\"Öl\",\"count\":2}");
    }

    @Test
    public void bindsForm() throws Exception {
        SERVER.serve("POST /form/{id}", Order.class, Order.class, call -> call.input());

        HttpResponse<String> answer =
                SERVER.post("/form/1", "application/x-www-form-urlencoded", "item=a%2Bb+c&count=3&id=9");

        assertThat(answer.body()).isEqualTo("{\"id\":1,\"item\":\"a+b c\",\"count\":3}");
    }

    @Test
    public void setsStatusAndHeadersOfService() throws Exception {
        SERVER.serveFully(
                "POST /create",
                Void.class,
                Greeting.class,
                call -> new InvocationResult(
                        new Greeting("made"),
                        201,
                        Map.of("Location", "/greet/1", "Content-Length", "1", "Connection", "x")));

        HttpResponse<String> answer = SERVER.send(SERVER.request("/create").POST(BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.headers().firstValue("Location")).hasValue("/greet/1");
        assertThat(answer.body()).isEqualTo("{\"text\":\"made\"}");
    }

    @Test
    public void cannotBeTrickedIntoSplittingHeaders() throws Exception {
        SERVER.serveFully(
                "GET /split",
                Void.class,
                Greeting.class,
                call -> new InvocationResult(new Greeting("x"), 200, Map.of("X-Evil", "a\r\nSet-Cookie: b=c")));

        String answer = SERVER.raw("GET /split HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 200")
                .doesNotContain("\nSet-Cookie")
                .contains("X-Evil: a");
    }

    @Test
    public void answersNoContentForNull() throws Exception {
        SERVER.serve("DELETE /thing/{name}", Query.class, Void.class, call -> null);

        HttpResponse<String> answer = SERVER.send(SERVER.request("/thing/a").DELETE());

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    public void answersHeadAsGetWithoutBody() throws Exception {
        SERVER.serve("GET /head", Void.class, String.class, call -> "hello");

        HttpResponse<String> answer = SERVER.send(SERVER.request("/head").method("HEAD", BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/plain;charset=utf-8");
        assertThat(answer.headers().firstValueAsLong("Content-Length")).hasValue(5);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    public void answersOptionsAndWrongMethodWithAllow() throws Exception {
        SERVER.serve("GET /methods", Void.class, String.class, call -> "");
        SERVER.serve("PUT /methods", Void.class, String.class, call -> "");

        HttpResponse<String> options =
                SERVER.send(SERVER.request("/methods").method("OPTIONS", BodyPublishers.noBody()));
        HttpResponse<String> wrong = SERVER.send(SERVER.request("/methods").DELETE());

        assertThat(options.statusCode()).isEqualTo(204);
        assertThat(options.headers().firstValue("Allow")).hasValue("GET, HEAD, OPTIONS, PUT");
        assertThat(wrong.statusCode()).isEqualTo(405);
        assertThat(wrong.headers().firstValue("Allow")).hasValue("GET, HEAD, OPTIONS, PUT");
        assertThat(wrong.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }

    @Test
    public void tellsUnknownPathAsProblem() throws Exception {
        HttpResponse<String> answer = SERVER.send(SERVER.request("/nowhere?x=1")
                .header("X-Correlation-Id", "abc-1")
                .header("Accept", "text/html"));

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.headers().allValues("X-Correlation-Id")).containsExactly("abc-1");
        assertThat(answer.headers().allValues("X-Served-By")).containsExactly("node1");
        assertThat(answer.body())
                .contains("\"type\":\"/errors/not-found\"", "\"status\":404", "\"instance\":\"/nowhere\"")
                .contains("\"correlationId\":\"abc-1\"");
    }

    @Test
    public void namesTheFieldOfWrongInput() throws Exception {
        SERVER.serve("POST /orders", Order.class, Order.class, call -> call.input());

        HttpResponse<String> missing = SERVER.post("/orders", "application/json", "{\"id\":1}");
        HttpResponse<String> illTyped = SERVER.post("/orders", "application/json", "{\"id\":\"x\",\"item\":\"a\"}");
        HttpResponse<String> notJson = SERVER.post("/orders", "application/json", "{\"id\":1,");

        assertThat(missing.statusCode()).isEqualTo(400);
        assertThat(missing.body()).contains("\"pointer\":\"/item\"");
        assertThat(illTyped.statusCode()).isEqualTo(400);
        assertThat(illTyped.body()).contains("\"pointer\":\"/id\"");
        assertThat(notJson.statusCode()).isEqualTo(400);
        assertThat(notJson.body()).contains("/errors/invalid");
    }

    @Test
    public void tellsFailuresOfServicesByTheirReason() throws Exception {
        SERVER.serve("GET /fail/{name}", Query.class, Greeting.class, call -> {
            Reason reason = Reason.valueOf(input(call, Query.class).name());
            throw new ServiceException(reason, "It is so", "lines[2].price", new IllegalStateException("secret"));
        });

        HttpResponse<String> conflict = SERVER.get("/fail/CONFLICT");
        HttpResponse<String> unavailable = SERVER.get("/fail/UNAVAILABLE");

        assertThat(conflict.statusCode()).isEqualTo(409);
        assertThat(conflict.body())
                .contains("It is so", "\"pointer\":\"/lines/2/price\"")
                .doesNotContain("secret");
        assertThat(unavailable.statusCode()).isEqualTo(503);
        assertThat(unavailable.headers().firstValue("Retry-After")).hasValue("1");
    }

    @Test
    public void negotiatesTypes() throws Exception {
        SERVER.serve("POST /negotiate", Query.class, Greeting.class, call -> new Greeting("x"));

        HttpResponse<String> wrongType = SERVER.post("/negotiate", "text/plain", "name=a");
        HttpResponse<String> wrongAccept = SERVER.send(SERVER.request("/negotiate?name=a")
                .header("Accept", "text/html, application/*;q=0")
                .POST(BodyPublishers.noBody()));
        HttpResponse<String> browser = SERVER.send(SERVER.request("/negotiate?name=a")
                .header("Accept", "text/html,application/xml;q=0.9,*/*;q=0.8")
                .POST(BodyPublishers.noBody()));

        assertThat(wrongType.statusCode()).isEqualTo(415);
        assertThat(wrongAccept.statusCode()).isEqualTo(406);
        assertThat(browser.statusCode()).isEqualTo(200);
    }

    @Test
    public void generatesCorrelationIdsThatDiffer() throws Exception {
        SERVER.serve("GET /id", Void.class, String.class, call -> call.correlationId());

        String first = SERVER.get("/id").body();
        String second = SERVER.get("/id").body();
        String spoofed = SERVER.send(SERVER.request("/id").header("X-Correlation-Id", "a b<script>"))
                .body();

        assertThat(first).isNotEqualTo(second);
        assertThat(spoofed).doesNotContain("script");
    }

    @Test
    public void tellsCallerAndHeadersToService() throws Exception {
        SERVER.serve(
                "GET /who",
                Void.class,
                String.class,
                call -> call.caller().address().orElse("") + " "
                        + call.headers().get("x-a") + call.headers().containsKey("X-A"));

        String body = SERVER.send(SERVER.request("/who")
                        .header("X-Forwarded-For", "6.6.6.6")
                        .header("X-A", "1")
                        .header("X-A", "2"))
                .body();

        assertThat(body).startsWith("127.0.0.1:").endsWith("[1, 2]false");
    }

    @Test
    public void servesTheNextVersionAtOnce() throws Exception {
        SERVER.serve("GET /version", Void.class, String.class, call -> "1");
        assertThat(SERVER.get("/version").body()).isEqualTo("1");

        SERVER.serve("GET /version", Void.class, String.class, call -> "2");

        assertThat(SERVER.get("/version").body()).isEqualTo("2");
    }
}
