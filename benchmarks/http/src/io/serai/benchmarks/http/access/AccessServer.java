package io.serai.benchmarks.http.access;

import io.serai.api.cluster.ClusterMap;
import io.serai.api.cluster.ClusterMaps;
import io.serai.api.deploy.Artifact;
import io.serai.api.deploy.ArtifactHandler;
import io.serai.api.object.ObjectCodec;
import io.serai.api.security.AuditLog;
import io.serai.api.state.BlobId;
import io.serai.api.state.Content;
import io.serai.api.state.StatePath;
import io.serai.api.state.StateRepository;
import io.serai.benchmarks.http.channel.ChannelServer;
import io.serai.objects.internal.Kinds;
import io.serai.objects.internal.text.TextCodec;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.Proxy;
import java.net.Socket;
import java.net.URISyntaxException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.jar.JarFile;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/**
 * Open and guarded channels to one service in one node that knows 10,000 credentials. The bundles of a request are those of a
 * node; the state, the audit log and the other nodes, which no request that passes asks, are stood in for.
 */
public final class AccessServer {
    private static final String QUERY = "?name=Ann";

    private AccessServer() {}

    /** A row of the table: a channel, and what is sent to it, the next with each request or one for each connection. */
    private record Row(String name, String channel, boolean mixed, List<String> headers) {}

    /** Starts it: the folder of the framework, its bundles, the file that is to say what can be asked for; prints its port. */
    public static void main(String[] arguments) throws Exception {
        try {
            start(arguments[0], arguments[1].split(File.pathSeparator), Path.of(arguments[2]));
            System.in.read();
            System.exit(0);
        } catch (Exception | LinkageError e) {
            e.printStackTrace();
            System.exit(1);
        }
    }

    private static void start(String storage, String[] jars, Path file) throws Exception {
        ObjectCodec codec = new TextCodec(new Kinds());
        Population population = new Population(codec);
        BundleContext context = ChannelServer.framework(storage, "," + api());
        context.registerService(StateRepository.class, population.state().repository(), null);
        context.registerService(ObjectCodec.class, codec, null);
        context.registerService(ClusterMaps.class, name -> silent(ClusterMap.class), null);
        context.registerService(AuditLog.class, silent(AuditLog.class), null);
        int port = ChannelServer.serve(context, jars);
        ArtifactHandler channels = channels(context);
        channel(channels, "open", "");
        channel(channels, "keys", "security: {groups: [devices]}");
        channel(channels, "passwords", "security: {groups: [partners]}");
        channel(channels, "tokens", "security: {groups: [users]}");
        channel(channels, "limited", "limits: [wide]");
        channel(channels, "keys-limited", "security: {groups: [devices]}\n  limits: [wide]");
        List<Row> rows = rows(population);
        List<String> lines = new ArrayList<>();
        for (Row row : rows) {
            for (String header : row.headers()) {
                lines.add(row.name() + "\t/" + row.channel() + QUERY + "\t" + row.mixed() + "\t" + header);
            }
        }
        awaitAll(port, rows);
        Files.write(file, lines);
        System.out.println("port " + port);
    }

    private static List<Row> rows(Population population) {
        List<String> nothing = List.of("");
        return List.of(
                new Row("open", "open", false, nothing),
                new Row("open, the same again", "open", false, nothing),
                new Row("open, sent API keys", "open", false, population.keys()),
                new Row("open, sent tokens", "open", false, population.tokens()),
                new Row("API key", "keys", false, population.keys()),
                new Row("API key, each time another", "keys", true, population.keys()),
                new Row("Basic", "passwords", false, population.passwords()),
                new Row("Basic, each time another", "passwords", true, population.passwords()),
                new Row("JWT", "tokens", false, population.tokens()),
                new Row("JWT, each time another", "tokens", true, population.tokens()),
                new Row("rate limit", "limited", false, nothing),
                new Row("API key and rate limit", "keys-limited", false, population.keys()));
    }

    /** Returns the packages of the API, which the framework lends to bundles, since those stood in for have it from here. */
    private static String api() throws IOException, URISyntaxException {
        URI jar = ArtifactHandler.class.getProtectionDomain().getCodeSource().getLocation().toURI();
        try (JarFile file = new JarFile(Path.of(jar).toFile())) {
            return file.getManifest().getMainAttributes().getValue("Export-Package");
        }
    }

    private static <T> T silent(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> switch (method.getName()) {
                    case "entries" -> Map.of();
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> proxy == arguments[0];
                    default -> null;
                }));
    }

    private static ArtifactHandler channels(BundleContext context) throws InvalidSyntaxException {
        StatePath path = StatePath.of("objects", "rest-channel", "open.yaml");
        for (ServiceReference<ArtifactHandler> found : context.getServiceReferences(ArtifactHandler.class, null)) {
            ArtifactHandler handler = context.getService(found);
            if (handler.handles(path)) {
                return handler;
            }
        }
        throw new IllegalStateException("Nobody takes REST channels");
    }

    private static void channel(ArtifactHandler channels, String name, String more) throws Exception {
        String yaml =
                """
                kind: rest-channel
                name: %1$s
                spec:
                  path: /%1$s
                  methods: [GET]
                  service: hello
                  %2$s
                """
                        .formatted(name, more);
        channels.apply(new Artifact(
                StatePath.of("objects", "rest-channel", name + ".yaml"),
                new BlobId("0".repeat(40)),
                Content.of(yaml.getBytes(StandardCharsets.UTF_8))));
    }

    /** Waits until the credentials have been read; has what every caller shows checked for the first time. */
    private static void awaitAll(int port, List<Row> rows) throws IOException {
        for (Row row : rows) {
            for (String header : row.headers()) {
                String status = status(port, row.channel(), header);
                for (int i = 0; !status.contains(" 200 ") && i < 100; i++) {
                    LockSupport.parkNanos(50_000_000);
                    status = status(port, row.channel(), header);
                }
                if (!status.contains(" 200 ")) {
                    throw new IllegalStateException("Was answered by " + status + ": " + row.name() + ", " + header);
                }
            }
        }
    }

    private static String status(int port, String channel, String header) throws IOException {
        String more = header.isEmpty() ? "" : header + "\r\n";
        String request = "GET /" + channel + QUERY + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + more + "\r\n";
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
        }
    }
}
