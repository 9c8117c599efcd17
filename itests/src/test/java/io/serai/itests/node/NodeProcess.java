package io.serai.itests.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.rules.ExternalResource;

/**
 * A node of the distribution as a process, in a home of its own and on free ports. As a rule of a class it is started
 * before the first test and stopped after the last; the log is printed if a start fails.
 */
public final class NodeProcess extends ExternalResource {
    /** The password of the user {@code admin} of a cluster that {@link #start} founds. */
    public static final String ADMIN_PASSWORD = "administrator-of-these-tests";

    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Site site;
    private final int number;
    // what to start and stop: this node, or whatever is in the home
    private final List<String> scope;

    /** Makes the first node in a new temporary home of its own. */
    public NodeProcess() {
        this(Scratch.folder("home"));
    }

    /** Makes the first node in a home of its own. */
    public NodeProcess(Path home) {
        this.site = Site.of(home);
        this.number = 1;
        this.scope = List.of();
    }

    /** Makes one of several nodes. */
    public NodeProcess(Site site, int number) {
        this.site = site;
        this.number = number;
        this.scope = List.of("node" + number);
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
        List<String> command = new ArrayList<>(site.prefix());
        command.addAll(List.of(launcher(), "--home", home().toString(), "--base-port", Integer.toString(basePort())));
        command.addAll(site.options());
        command.addAll(List.of(arguments));
        try {
            return CommandLine.run(command, environment);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Starts the node and waits until it is ready. */
    public void start() {
        start(Map.of());
    }

    /** Starts the node with variables added to the environment, and waits until it is ready. */
    public void start(Map<String, String> environment, String... options) {
        if (number == 1
                && !Files.exists(folder().resolve("identity"))
                && !List.of(options).contains("--join")) {
            knowAdministrator();
        }
        CommandLine.Result result = serai(environment, inScope("start", options));
        assertThat(result.exitCode())
                .as("%s%s%n%s", result.out(), result.err(), log())
                .isZero();
    }

    /** Leaves a password where the launcher would leave one that it makes up. */
    private void knowAdministrator() {
        try {
            Path folder = Files.createDirectories(
                    folder().resolve("run"),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Files.writeString(folder.resolve("first-admin"), ADMIN_PASSWORD);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Stops the node. */
    public void stop() {
        CommandLine.Result result = serai(inScope("stop"));
        assertThat(result.exitCode()).as("%s%s", result.out(), result.err()).isZero();
    }

    private String[] inScope(String command, String... options) {
        return Stream.of(List.of(command), scope, List.of(options))
                .flatMap(List::stream)
                .toArray(String[]::new);
    }

    /** Runs a command in the shell of this node. */
    public CommandLine.Result shell(String command) {
        return serai("--node", name(), "shell", command);
    }

    /** Runs a command in the shell of this node that succeeds and prints JSON. */
    public JsonNode json(String command) {
        CommandLine.Result result = shell(command);
        assertThat(result.exitCode()).as("%s: %s", command, result.err()).isZero();
        try {
            return JSON.readTree(result.out());
        } catch (IOException e) {
            throw new AssertionError(command + " printed " + result.out(), e);
        }
    }

    /** Returns whether the process is there, even if it hangs. */
    public boolean isRunning() {
        return Files.exists(folder().resolve("run/pid"))
                && ProcessHandle.of(pid()).filter(NodeProcess::isAlive).isPresent();
    }

    /** A dead process is listed until init has asked for it, which may take seconds: as a zombie without other threads. */
    private static boolean isAlive(ProcessHandle process) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return !afterName[0].equals("Z") || Integer.parseInt(afterName[17]) > 1;
        } catch (IOException e) {
            return false;
        }
    }

    /** Lets the process hang, as if the machine did. */
    public void suspend() {
        signal("STOP");
    }

    /** Lets the process go on. */
    public void resume() {
        signal("CONT");
    }

    private void signal(String name) {
        CommandLine.succeed("kill", "-" + name, Long.toString(pid()));
    }

    /** Kills the node, so that it can clean nothing up, and waits until it is gone. */
    public void kill() {
        ProcessHandle process = ProcessHandle.of(pid()).orElseThrow();
        process.destroyForcibly();
        await(name() + " to be gone").pollInterval(Duration.ofMillis(5)).until(() -> !isAlive(process));
    }

    /** Returns the process id. */
    public long pid() {
        return Long.parseLong(read(folder().resolve("run/pid")).strip().split("\\s+", 2)[0]);
    }

    /** Returns the name of the node. */
    public String name() {
        return "node" + number;
    }

    /** Returns the home of the node. */
    public Path home() {
        return site.home();
    }

    /** Returns the base port. */
    public int basePort() {
        return site.ports().base();
    }

    /** Returns the port of services. */
    public int httpPort() {
        return basePort() + number;
    }

    /** Returns the port that nodes talk to one another on. */
    public int clusterPort() {
        return basePort() + 700 + number;
    }

    /** Returns the port of administration. */
    public int adminPort() {
        return basePort() + 360 + number;
    }

    /** Returns the folder of the node. */
    public Path folder() {
        return home().resolve(name());
    }

    /** Returns the drop folder. */
    public Path deploy() {
        return folder().resolve("deploy");
    }

    /** Returns the log of the node so far; empty if there is none. */
    public String log() {
        return log("serai.log");
    }

    /** Returns what is in one of the logs of the node so far; empty if there is none. */
    public String log(String name) {
        Path log = folder().resolve("log").resolve(name);
        return Files.exists(log) ? read(log) : "";
    }

    /** Returns the commit that the state of this node is at; empty if there is none yet. */
    public Optional<String> head() {
        Path state = folder().resolve("state.git");
        Path loose = state.resolve("refs/heads/main");
        Path packed = state.resolve("packed-refs");
        if (Files.exists(loose)) {
            return Optional.of(read(loose).strip());
        }
        return Files.exists(packed)
                ? read(packed)
                        .lines()
                        .filter(line -> line.endsWith(" refs/heads/main"))
                        .map(line -> line.substring(0, line.indexOf(' ')))
                        .findFirst()
                : Optional.empty();
    }

    /** Puts a file into the drop folder in one step. */
    public void drop(String name, byte[] content) {
        try {
            Path part = Files.write(folder().resolve("run").resolve(name), content);
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
        return send(HttpRequest.newBuilder(uri(path)).timeout(LIMIT).build());
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
        return URI.create("http://" + site.host() + ":" + httpPort() + path);
    }

    /** Waits until a service answers with a text. */
    public void awaitAnswer(String path, String text) {
        awaitAnswer(path, text, LIMIT);
    }

    /** Waits for some time until a service answers with a text. */
    public void awaitAnswer(String path, String text, Duration limit) {
        await(path + " to answer " + text + " on " + name())
                .pollDelay(Duration.ZERO)
                .atMost(limit)
                .untilAsserted(() -> {
                    HttpResponse<String> response = get(path);
                    assertThat(response.body()).contains(text);
                    assertThat(response.statusCode()).isEqualTo(200);
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

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
