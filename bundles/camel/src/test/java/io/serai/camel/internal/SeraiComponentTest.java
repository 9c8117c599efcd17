package io.serai.camel.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.serai.api.runtime.InvocationResult;
import io.serai.api.service.Context;
import io.serai.api.service.Service;
import io.serai.api.service.ServiceException;
import io.serai.api.service.ServiceInfo;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.After;
import org.junit.ClassRule;
import org.junit.Test;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;

public class SeraiComponentTest {
    @ClassRule
    public static final CamelNode NODE = new CamelNode();

    private static final String PATH = "deploy/orders.camel.yaml";

    private @Nullable ServiceRegistration<?> echo;

    /** An order, as the called service takes it. */
    public record Order(String id, int count) {}

    /** A service that tells what it was called with. */
    public static final class Echo implements Service<Order, String> {
        @Override
        public String handle(Order order, Context context) {
            if (order.count() == 0) {
                throw ServiceException.notFound("no order " + order.id());
            }
            context.reply()
                    .status(202)
                    .header("X-Seen", context.header("x-mine").orElse("-"));
            return order.count() + "*" + order.id() + " " + context.correlationId() + " "
                    + context.caller().channel();
        }
    }

    /** A service that answers an object. */
    public static final class Next implements Service<Order, Order> {
        @Override
        public Order handle(Order order, Context context) {
            return new Order(order.id(), order.count() + 1);
        }
    }

    @After
    public void clean() throws Exception {
        NODE.remove(PATH);
        NODE.runtime().asynchronous(false);
        if (echo != null) {
            echo.unregister();
        }
    }

    @Test
    public void callsServicesWithJson() throws Exception {
        registerEcho();
        NODE.apply(PATH, "- from: {uri: serai:orders?input=text, steps: [{to: serai:echo}]}");

        InvocationResult answer =
                NODE.runtime().call("orders", "{\"id\": \"a\", \"count\": 2}", Map.of("x-mine", List.of("1")));

        assertThat(answer.value()).isEqualTo("2*a cid-1 test");
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.headers()).containsOnly(Map.entry("X-Seen", "1"));
    }

    @Test
    public void callsServicesWithMapsAndAnswersJson() throws Exception {
        registerEcho();
        NODE.apply(PATH, "- from: {uri: serai:orders, steps: [{to: 'serai:echo?format=json&timeout=1000'}]}");

        Object answer = NODE.runtime().call("orders", Map.of("id", "a", "count", 2));

        assertThat(answer).isEqualTo("\"2*a cid-1 test\"".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    public void readsComponentsOfRecordsThatServicesAnswer() throws Exception {
        echo = register(new Next());
        NODE.apply(
                PATH, "- from: {uri: serai:orders, steps: [{to: serai:echo}, {setBody: {simple: '${body.count}'}}]}");

        assertThat(NODE.runtime().call("orders", Map.of("id", "a", "count", 2))).isEqualTo(3);
    }

    @Test
    public void callsServicesThatRunOnOtherThreads() throws Exception {
        registerEcho();
        NODE.apply(PATH, "- from: {uri: serai:orders, steps: [{to: serai:echo}, {setBody: {simple: 'got ${body}'}}]}");
        NODE.runtime().asynchronous(true);

        assertThat(NODE.runtime().call("orders", Map.of("id", "a", "count", 2))).isEqualTo("got 2*a cid-1 test");
    }

    @Test
    public void callsAsARouteWhenNobodyCalledTheRoute() throws Exception {
        registerEcho();
        NODE.apply(
                PATH,
                """
                - from:
                    uri: timer:once?repeatCount=1&delay=0
                    steps:
                      - setHeader: {name: Serai-Correlation-Id, constant: mine}
                      - setBody: {constant: '{"id": "a", "count": 1}'}
                      - to: serai:echo
                      - to: seda:answers
                - from:
                    uri: serai:answers
                    steps: [{pollEnrich: {constant: seda:answers}}]
                """);

        assertThat(NODE.runtime().call("answers", Map.of())).isEqualTo("1*a mine route");
    }

    @Test
    public void givesFailuresOfServicesToTheRoute() throws Exception {
        registerEcho();
        NODE.apply(PATH, "- from: {uri: serai:orders, steps: [{to: serai:echo}]}");

        Throwable refused = catchThrowable(() -> NODE.runtime().call("orders", Map.of("id", "a", "count", 0)));
        Throwable unfit = catchThrowable(() -> NODE.runtime().call("orders", Map.of("id", "a", "count", "x")));

        assertThat(refused).isInstanceOf(ServiceException.class).hasMessage("no order a");
        assertThat(reason(unfit)).isEqualTo(ServiceException.Reason.INVALID);
    }

    @Test
    public void findsServicesWhenCalledNotWhenStarted() throws Exception {
        NODE.apply(PATH, "- from: {uri: serai:orders, steps: [{to: serai:echo}]}");
        Map<String, Object> order = Map.of("id", "a", "count", 2);

        Throwable missing = catchThrowable(() -> NODE.runtime().call("orders", order));
        registerEcho();

        assertThat(reason(missing)).isEqualTo(ServiceException.Reason.UNAVAILABLE);
        assertThat(NODE.runtime().call("orders", order)).isEqualTo("2*a cid-1 test");
    }

    @Test
    public void takesRawInput() throws Exception {
        NODE.apply(
                PATH,
                """
                - from: {uri: serai:bytes?input=bytes, steps: [{setBody: {simple: '${bodyAs(String)}!'}}]}
                - from: {uri: serai:stream?input=stream, steps: [{log: '${body}'}]}
                """);
        byte[] bytes = "abc".getBytes(StandardCharsets.UTF_8);

        Object streamed = NODE.runtime().call("stream", new ByteArrayInputStream(bytes));

        assertThat(NODE.runtime().call("bytes", bytes)).isEqualTo("abc!");
        try (InputStream in = (InputStream) streamed) {
            assertThat(in).hasBinaryContent(bytes);
        }
    }

    @Test
    public void answersWithStatusAndTheHeadersTheRouteSet() throws Exception {
        NODE.apply(
                PATH,
                """
                - from:
                    uri: serai:orders
                    steps:
                      - setHeader: {name: CamelHttpResponseCode, constant: 201}
                      - setHeader: {name: Content-Type, constant: text/plain}
                      - setBody: {constant: made}
                """);

        InvocationResult answer = NODE.runtime()
                .call("orders", Map.of(), Map.of("accept", List.of("*/*"), "content-type", List.of("a/b")));

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.headers()).containsOnly(Map.entry("content-type", "text/plain"));
    }

    private void registerEcho() {
        echo = register(new Echo());
    }

    private static ServiceRegistration<?> register(Service<?, ?> service) {
        return NODE.bundles()
                .registerService(
                        Service.class.getName(), service, FrameworkUtil.asDictionary(Map.of(ServiceInfo.NAME, "echo")));
    }

    private static ServiceException.Reason reason(Throwable failure) {
        Throwable root = failure;
        while (!(root instanceof ServiceException)) {
            root = Objects.requireNonNull(root.getCause());
        }
        return ((ServiceException) root).reason();
    }
}
