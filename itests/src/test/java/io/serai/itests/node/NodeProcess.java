package io.serai.itests.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.junit.rules.ExternalResource;

/**
 * A node of the distribution as a process, in a home of its own and on free ports. As a rule of a class it is started
 * before the first test and stopped after the last; the log is printed if a start fails.
 */
public final class NodeProcess extends ExternalResource {
    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final ObjectMapper JSON = new ObjectMapper();

    // the ports of the first node, counted from the base: HTTP, shell, administration, cluster
    private static final int[] PORT_OFFSETS = {1, 101, 361, 701};
    private static final int FIRST_PORT = 10_000;
    private static final int BLOCK_LENGTH = 1_000;
    private static final int BLOCKS = 22;
    private static final int NODES_PER_BLOCK = 49;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Path home;
    // taken for as long as this node may run, so that no other test takes the ports that are counted from it
    private final ServerSocket claim;

    /** Makes a node in a new temporary home. */
    public NodeProcess() {
        this(Scratch.folder("home"));
    }

    /** Makes a node in a home. */
    public NodeProcess(Path home) {
        this.home = home;
        this.claim = claimPorts();
    }

    @Override
    protected void before() {
        start();
    }

    @Override
    protected void after() {
        stop();
    }

    /** Returns the path of the launcher. */
    public String launcher() {
        return Distribution.folder().resolve("bin/serai").toString();
    }

    /** Runs the launcher against this node. */
    public CommandLine.Result serai(String... arguments) {
        return serai(Map.of(), arguments);
    }

    /** Runs the launcher against this node, with variables added to the environment. */
    public CommandLine.Result serai(Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(
                List.of(launcher(), "--home", home.toString(), "--base-port", Integer.toString(basePort())));
        command.addAll(List.of(arguments));
        try {
            return CommandLine.run(command, environment);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Starts the node and waits until it is ready. */
    public void start() {
        CommandLine.Result result = serai("start");
        assertThat(result.exitCode())
                .as("%s%s%n%s", result.out(), result.err(), log())
                .isZero();
    }

    /** Stops the node. */
    public void stop() {
        CommandLine.Result result = serai("stop");
        assertThat(result.exitCode()).as("%s%s", result.out(), result.err()).isZero();
    }

    /** Kills the node, so that it can clean nothing up, and waits until it is gone. */
    public void kill() {
        ProcessHandle process = ProcessHandle.of(pid()).orElseThrow();
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Returns the process id. */
    public long pid() {
        return Long.parseLong(read(folder().resolve("run/pid")).strip().split("\\s+", 2)[0]);
    }

    /** Returns the home of the node. */
    public Path home() {
        return home;
    }

    /** Returns the base port. */
    public int basePort() {
        return claim.getLocalPort();
    }

    /** Returns the port of services. */
    public int httpPort() {
        return basePort() + 1;
    }

    /** Returns the folder of the node. */
    public Path folder() {
        return home.resolve("node1");
    }

    /** Returns the drop folder. */
    public Path deploy() {
        return folder().resolve("deploy");
    }

    /** Returns the log of the node so far; empty if there is none. */
    public String log() {
        Path log = folder().resolve("log/serai.log");
        return Files.exists(log) ? read(log) : "";
    }

    /** Puts a file into the drop folder in one step. */
    public void drop(String name, byte[] content) {
        try {
            Path part = Files.write(home.resolve(name), content);
            Files.move(part, deploy().resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Puts a text file into the drop folder in one step. */
    public void drop(String name, String content) {
        drop(name, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Removes a file from the drop folder and waits until nothing is left of it. */
    public void remove(String name) {
        try {
            Files.delete(deploy().resolve(name));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        await("removal of " + name).atMost(LIMIT).until(() -> verdict(name).isEmpty());
    }

    /** Drops a file and waits for the verdict on it. */
    public JsonNode deploy(String name, byte[] content) {
        drop(name, content);
        return awaitVerdict(name, content);
    }

    /** Drops a text file and waits for the verdict on it. */
    public JsonNode deploy(String name, String content) {
        return deploy(name, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Waits for a settled verdict on a content of a file. */
    public JsonNode awaitVerdict(String name, byte[] content) {
        String blob = blobId(content);
        return await("verdict on " + name)
                .atMost(LIMIT)
                .until(
                        () -> verdict(name)
                                .filter(v -> blob.equals(v.path("wanted").asText()))
                                .filter(v -> !"DEPLOYING".equals(v.path("state").asText())),
                        Optional::isPresent)
                .orElseThrow();
    }

    /** Waits until a file has a verdict of a state. */
    public JsonNode awaitState(String name, String state) {
        return await(name + " to be " + state)
                .atMost(LIMIT)
                .until(
                        () -> verdict(name)
                                .filter(v -> state.equals(v.path("state").asText())),
                        Optional::isPresent)
                .orElseThrow();
    }

    /** Returns the marker of a file as it is now. */
    public Optional<JsonNode> verdict(String name) {
        try {
            return Optional.of(JSON.readTree(
                    folder().resolve("verdicts").resolve(name + ".json").toFile()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Asks a service. */
    public HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(uri(path)).build());
    }

    /** Sends a request. */
    public HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(request + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Returns the address of a service. */
    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + httpPort() + path);
    }

    /** Waits until a service answers with a text. */
    public void awaitAnswer(String path, String text) {
        await(path + " to answer " + text).atMost(LIMIT).until(() -> {
            HttpResponse<String> response = get(path);
            return response.statusCode() == 200 && response.body().contains(text);
        });
    }

    /** Returns the Git object id of a content. */
    public static String blobId(byte[] content) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            digest.update(("blob " + content.length + "\0").getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest.digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /**
     * Takes a base port, which a node leaves to the balancer, and whose first node's ports are free. Bases lie so that
     * no port belongs to two of them, and below the range that systems hand out to clients.
     */
    private static ServerSocket claimPorts() {
        int first = ThreadLocalRandom.current().nextInt(BLOCKS * NODES_PER_BLOCK);
        for (int i = 0; i < BLOCKS * NODES_PER_BLOCK; i++) {
            int number = (first + i) % (BLOCKS * NODES_PER_BLOCK);
            int base = FIRST_PORT + number / NODES_PER_BLOCK * BLOCK_LENGTH + number % NODES_PER_BLOCK * 2;
            Optional<ServerSocket> claim = listen(base);
            if (claim.isPresent() && IntStream.of(PORT_OFFSETS).allMatch(offset -> free(base + offset))) {
                return claim.get();
            }
            claim.ifPresent(NodeProcess::close);
        }
        throw new AssertionError("No free ports");
    }

    private static boolean free(int port) {
        Optional<ServerSocket> socket = listen(port);
        socket.ifPresent(NodeProcess::close);
        return socket.isPresent();
    }

    /** Listens at all addresses, which fails if somebody does at any of them. */
    private static Optional<ServerSocket> listen(int port) {
        try {
            return Optional.of(new ServerSocket(port, 1));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
