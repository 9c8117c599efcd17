package io.serai.itests.cluster;

import static org.awaitility.Awaitility.await;

import io.serai.itests.node.CommandLine;
import io.serai.itests.node.Scratch;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** An authority that issues certificates by ACME: Pebble, with a DNS server that finds every name on this machine. */
final class AcmeAuthority implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String LOCALHOST = "127.0.0.1";

    private final Path folder = Scratch.folder("authority");
    private final int base;
    private final List<Process> processes = new ArrayList<>();

    /**
     * Starts one.
     *
     * @param base the first of four ports that are free
     * @param httpPort on which it looks for who orders, in place of port 80
     */
    AcmeAuthority(int base, int httpPort) throws IOException {
        this.base = base;
        String file = folder.resolve("server").toString();
        CommandLine.succeed(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=localhost",
                "-addext",
                "subjectAltName=DNS:localhost",
                "-keyout",
                file + ".key",
                "-out",
                file + ".crt");
        Path config = Files.writeString(
                folder.resolve("config.json"),
                """
                {"pebble": {"listenAddress": "%s", "managementListenAddress": "%s", "certificate": "%s",
                  "privateKey": "%s", "httpPort": %d, "tlsPort": 0, "ocspResponderURL": ""}}
                """
                        .formatted(address(0), address(1), file + ".crt", file + ".key", httpPort));
        start(
                "pebble-challtestsrv",
                "-defaultIPv6",
                "",
                "-dns01",
                address(2),
                "-management",
                address(3),
                "-http01",
                "",
                "-https01",
                "",
                "-tlsalpn01",
                "");
        start("pebble", "-config", config.toString(), "-dnsserver", address(2));
        for (int offset : List.of(0, 1, 3)) {
            await("port " + (base + offset)).atMost(LIMIT).ignoreExceptions().until(() -> {
                new Socket(InetAddress.getLoopbackAddress(), base + offset).close();
                return true;
            });
        }
    }

    private void start(String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(command[0] + ".log").toFile());
        builder.environment().put("PEBBLE_VA_NOSLEEP", "1");
        processes.add(builder.start());
    }

    private String address(int offset) {
        return LOCALHOST + ":" + (base + offset);
    }

    /** Returns where it takes orders. */
    String directory() {
        return "https://localhost:" + base + "/dir";
    }

    /** Returns who certifies it itself, in PEM. */
    String serverCertificate() throws IOException {
        return Files.readString(folder.resolve("server.crt"));
    }

    /** Returns the root of the certificates that it issues, in PEM. */
    String root() {
        return CommandLine.succeed(
                "curl",
                "-sSf",
                "--cacert",
                folder.resolve("server.crt").toString(),
                "https://localhost:" + (base + 1) + "/roots/0");
    }

    /** Has a name lead to another address. */
    void move(String host, String address) {
        String body = "{\"host\": \"%s.\", \"addresses\": [\"%s\"]}".formatted(host, address);
        CommandLine.succeed("curl", "-sSf", "-d", body, "http://" + address(3) + "/add-a");
    }

    @Override
    public void close() {
        processes.forEach(Process::destroyForcibly);
    }
}
