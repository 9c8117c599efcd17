package io.serai.http.internal;

import io.serai.api.access.Admission;
import io.serai.api.access.ChannelAccess;
import io.serai.api.deploy.DeploymentException;
import io.serai.api.runtime.Invocation;
import io.serai.api.runtime.InvocationResult;
import io.serai.api.runtime.ServiceDescriptor;
import io.serai.api.service.Workload;
import io.serai.http.internal.channel.ChannelTable;
import io.serai.http.internal.channel.RestChannels;
import io.serai.http.internal.channel.ServiceChannels;
import io.serai.http.internal.channel.TestCodec;
import io.serai.http.internal.traffic.Traffic;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.felix.framework.FrameworkFactory;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.rules.ExternalResource;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;

/** A real server on a free port, over functions instead of services, in a real framework without other bundles. */
@NullUnmarked
final class TestServer extends ExternalResource {
    final FakeRuntime runtime = new FakeRuntime();
    final ChannelTable channels = new ChannelTable();
    final Traffic traffic = new Traffic("node1");
    final ServiceChannels services = new ServiceChannels(channels);
    final RestChannels objects;
    final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private final Map<String, Object> configuration = new HashMap<>(Map.of("port", 0));
    private Framework framework;
    private HttpServer server;

    /** Makes one whose channels let everybody pass. */
    TestServer() {
        this(rules -> visit -> Admission.ANYBODY);
    }

    /** Makes one whose channels are guarded. */
    TestServer(ChannelAccess access) {
        objects = new RestChannels(channels, TestCodec.create(), access);
    }

    /** Sets a value that differs from the default, by the name of the method. */
    TestServer with(String key, Object value) {
        configuration.put(key, value);
        return this;
    }

    @Override
    protected void before() throws Exception {
        Path cache = Files.createTempDirectory("framework");
        framework = new FrameworkFactory()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE,
                        cache.toString(),
                        Constants.FRAMEWORK_STORAGE_CLEAN,
                        Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT));
        framework.start();
        server = new HttpServer(
                config(configuration), framework.getBundleContext(), runtime, runtime, channels, traffic);
    }

    @Override
    protected void after() {
        try {
            server.stop();
            framework.stop();
            framework.waitForStop(5_000);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static HttpConfig config(Map<String, Object> values) {
        return (HttpConfig) Proxy.newProxyInstance(
                HttpConfig.class.getClassLoader(),
                new Class<?>[] {HttpConfig.class},
                (proxy, method, arguments) -> values.getOrDefault(method.getName(), method.getDefaultValue()));
    }

    HttpServer server() {
        return server;
    }

    Framework framework() {
        return framework;
    }

    /** Puts a service that answers a value. */
    void serve(String rest, Type input, Type output, Function<Invocation, @Nullable Object> body) {
        serveFully(rest, input, output, invocation -> new InvocationResult(body.apply(invocation), 0, Map.of()));
    }

    /** Returns the input of a call. */
    static <I> I input(Invocation call, Class<I> type) {
        return type.cast(call.input());
    }

    /** Puts a service that sets status and headers, too. */
    void serveFully(String rest, Type input, Type output, Function<Invocation, InvocationResult> body) {
        serveAsync(rest, input, output, call -> CompletableFuture.completedFuture(body.apply(call)));
    }

    /** Puts a service without input that has little time. */
    void serveWithin(Duration timeout, String rest, Type output, Function<Invocation, @Nullable Object> body) {
        put(
                descriptor(rest, Void.class, output, timeout),
                call -> CompletableFuture.completedFuture(new InvocationResult(body.apply(call), 0, Map.of())));
    }

    /** Puts a service that answers as it likes. */
    void serveAsync(String rest, Type input, Type output, FakeRuntime.Call call) {
        put(descriptor(rest, input, output, Duration.ofSeconds(5)), call);
    }

    /** Takes the service of a route away. */
    void withdraw(String rest) {
        services.changed(List.of(), List.of(descriptor(rest, Void.class, Void.class, Duration.ofSeconds(5))));
    }

    private void put(ServiceDescriptor descriptor, FakeRuntime.Call call) {
        runtime.put(descriptor.name(), call);
        try {
            services.check(List.of(descriptor), List.of());
        } catch (DeploymentException e) {
            throw new IllegalArgumentException(e);
        }
        services.changed(List.of(descriptor), List.of());
    }

    private static ServiceDescriptor descriptor(String rest, Type input, Type output, Duration timeout) {
        String name = nameOf(rest);
        return new ServiceDescriptor(
                name,
                "Serves " + rest,
                List.of(rest),
                Workload.NETWORK,
                timeout,
                input,
                output,
                "deploy/" + name,
                1,
                "x.Y");
    }

    /** Returns the name of the service of a route. */
    static String nameOf(String rest) {
        return rest.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", ".");
    }

    URI uri(String path) {
        return URI.create(server.endpoint()).resolve(path);
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(10));
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    HttpResponse<String> post(String path, String contentType, String body) throws IOException, InterruptedException {
        return send(request(path).header("Content-Type", contentType).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    /** Sends bytes as they are, and returns all that comes back until the server closes or falls silent. */
    String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), uri("/").getPort())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
