package io.serai.itests.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.serai.itests.node.CommandLine;
import io.serai.itests.node.CommandLine.Result;
import io.serai.itests.node.NodeProcess;
import io.serai.itests.node.Scratch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.After;
import org.junit.Test;

/** Secrets, passwords and keys go in by all faces, are used, and are found nowhere afterwards. */
public class CanariesIT {
    private static final Pattern PASSWORD = Pattern.compile("user +admin\\s+password +(\\S+)");
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** Tells only the hash of what it is configured with. */
    private static final String SERVICE =
            """
            package canary;

            import io.serai.api.service.*;
            import java.nio.charset.StandardCharsets;
            import java.security.MessageDigest;
            import java.util.*;
            import org.osgi.framework.FrameworkUtil;
            import org.osgi.service.cm.ManagedService;

            @ServiceInfo(name = "canary.hash", rest = "GET /hash")
            public class Hash implements Service<Hash.In, Hash.Out>, ManagedService {
                public record In() {}
                public record Out(String hash) {}
                private volatile String value = "none";

                public Hash() {
                    FrameworkUtil.getBundle(Hash.class).getBundleContext().registerService(ManagedService.class, this,
                        FrameworkUtil.asDictionary(Map.of("service.pid", "com.acme.canary")));
                }

                @Override
                public void updated(Dictionary<String, ?> properties) {
                    value = properties == null ? "none" : String.valueOf(properties.get("password"));
                }

                @Override
                public Out handle(In in, Context context) throws Exception {
                    byte[] hash = MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
                    return new Out(HexFormat.of().formatHex(hash));
                }
            }
            """;

    private final Path folder = Scratch.folder("canaries");
    private final Canaries canaries = new Canaries();
    private final NodeProcess node = new NodeProcess();
    private String password = "";

    @After
    public void stop() {
        node.stop();
    }

    @Test
    public void nothingIsFoundAnywhere() throws Exception {
        Result started = node.serai("quickstart", "--nodes", "2");
        assertThat(started.exitCode()).as(started.err()).isZero();
        Matcher shown = PASSWORD.matcher(started.out());
        assertThat(shown.find()).as(started.out()).isTrue();
        password = shown.group(1);
        ends(0, typing(password, "login", "--user", "admin", "--password-stdin"));

        String first = canaries.plant("first");
        String second = canaries.plant("second");
        useIn(first, second);
        makeMistakes();
        plantOthers();
        certificate();
        rotate(second);
        lookAround();

        canaries.lookAtProcesses();
        node.stop();
        canaries.look(node.home());
        canaries.look(folder.resolve("config"));
        canaries.look(folder.resolve("cache"));
        canaries.lookAtGit(node.home().resolve("node1/state.git"));
        canaries.lookAtGit(node.home().resolve("node2/state.git"));
        assertThat(canaries.sightings()).isEmpty();
    }

    private void useIn(String first, String second) throws Exception {
        ends(0, typing(first, "secret", "add", "db", "--value-stdin"));
        Path source = Files.writeString(folder.resolve("Hash.java"), SERVICE);
        ends(0, serai("deploy", source.toString()));
        assertThat(ends(4, apply("wrong", configuration("${secret:bd}")), 1, 2).err())
                .contains("names the secret 'bd'");
        ends(0, apply("configuration", configuration("x${secret:db}y")));
        awaitHash("x" + first + "y");

        ends(0, typing(second, "secret", "set", "db", "--value-stdin"));
        awaitHash("x" + second + "y");
        assertThat(ends(4, serai("delete", "secret", "db")).err()).contains("configuration/com.acme.canary");
        assertThat(ends(0, serai("get", "secret", "db", "-o", "json")).out())
                .contains("ACTIVE", "a value sealed with key")
                .doesNotContain("v1:");
    }

    private static String configuration(String value) {
        return "kind: configuration\nname: com.acme.canary\nspec:\n  password: '" + value + "'\n";
    }

    private void makeMistakes() throws Exception {
        String wrong = canaries.plant("mistake");
        String head = "kind: secret\nname: oops\nspec:\n";
        for (String body : List.of(
                "  value: [" + wrong + "]\n",
                "  value: {a: " + wrong + "}\n",
                "  vlaue: " + wrong + "\n",
                "  value: " + wrong + "\n  from: {file: x}\n",
                "  value: " + wrong + "\n  value: " + wrong + "\n",
                "  value: \"" + wrong + "\n",
                "  value: *" + wrong + "\n",
                "  value: !!binary " + wrong + "\n",
                "  from: {vault: {address: 'http://x', path: a, token: " + wrong + "}}\n",
                "  value: '" + wrong.repeat(5_000) + "'\n",
                "  value: " + wrong + "\n\t bad\n")) {
            assertThat(apply("bad", head + body).exitCode()).as(body).isNotZero();
            assertThat(serai("diff", "-f", folder.resolve("bad.yaml").toString())
                            .exitCode())
                    .isGreaterThan(1);
        }
        ends(0, apply("dry", head + "  value: " + wrong + "\n", "--dry-run"));
        ends(1, serai("diff", "-f", folder.resolve("dry.yaml").toString()));
        for (String body : List.of(
                "{\"value\":\"" + wrong + "\"",
                "{\"spec\":\"" + wrong + "\"}",
                "{\"spec\":{\"value\":\"" + wrong + "\"}}")) {
            curl("PUT", "/api/v1/secret/db", body, "If-Match: \"0000\"");
            curl("PUT", "/api/v1/secret/db/" + wrong, body, "X-Any: any");
            curl("POST", "/api/v1/secret/db", body, "X-Any: any");
        }
        node.drop("oops.yaml", head + "  value: " + wrong + "\n");
        assertThat(node.awaitState("oops.yaml", "FAILED").toString()).contains("serai apply -f oops.yaml");
        Files.delete(node.deploy().resolve("oops.yaml")); // the only place that has it
    }

    private void plantOthers() throws Exception {
        String words = canaries.plant("password");
        ends(0, typing(words, "user", "add", "vera", "--role", "viewer", "--password-stdin"));
        ends(5, typing(words + "x", "login", "--user", "vera", "--password-stdin", "--profile", "vera"));
        ends(0, typing(words, "login", "--user", "vera", "--password-stdin", "--profile", "vera"));
        ends(5, serai("secret-key", "rotate"));
        ends(0, serai("context", "use", "default"));
        Files.createDirectories(node.home().resolve("node1/secrets"));
        String inFile = canaries.plant("file");
        Path secret = Files.writeString(Scratch.folder("outside").resolve("value"), inFile);
        ends(0, apply("outside", "kind: secret\nname: outside\nspec:\n  from: {file: '" + secret + "'}\n"), 1);
        assertThat(await().atMost(LIMIT)
                        .until(
                                () -> ends(0, serai("get", "secret", "outside", "-o", "json"))
                                        .out(),
                                text -> text.contains("FAILED")))
                .contains("is in none of the permitted folders");
    }

    private void certificate() throws Exception {
        Path made = Scratch.folder("tls");
        CommandLine.succeed(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-days",
                "9",
                "-subj",
                "/CN=shop.example.com",
                "-addext",
                "subjectAltName=DNS:shop.example.com",
                "-keyout",
                made.resolve("key").toString(),
                "-out",
                made.resolve("crt").toString());
        String key = Files.readString(made.resolve("key"));
        canaries.plant("key", key.lines().skip(1).findFirst().orElseThrow());
        String yaml = "kind: certificate\nname: shop\nspec:\n  chain: |\n"
                + Files.readString(made.resolve("crt")).indent(4) + "  key: |\n" + key.indent(4);
        ends(0, apply("shop", yaml));
        Files.delete(folder.resolve("shop.yaml"));
        assertThat(ends(0, serai("get", "certificate", "shop", "-o", "json")).out())
                .contains("ACTIVE", "CN=shop.example.com for shop.example.com until ", "8 days left");
    }

    private void rotate(String value) throws Exception {
        assertThat(ends(0, serai("secret-key", "rotate")).out()).contains("\"sealed\":2");
        String passphrase = canaries.plant("passphrase");
        assertThat(ends(0, typing(passphrase, "secret-key", "back-up", "--passphrase-stdin"))
                        .out())
                .contains("serai-secret-keys:1:");
        assertThat(ends(0, serai("get", "secret-key")).out()).contains("SEALS", "OPENS");
        awaitHash("x" + value + "y");
        ends(0, apply("more", configuration("x${secret:db}z")));
        awaitHash("x" + value + "z");
    }

    private void lookAround() {
        for (String kind : List.of("secret", "configuration", "secret-key", "user", "api-key", "revision", "service")) {
            ends(0, serai("get", kind, "-o", "json"));
            curl("GET", "/api/v1/" + kind, "", "X-Any: any");
        }
        ends(0, serai("export"));
        ends(0, serai("history", "secret/db"), 1, 2, 3);
        curl("GET", "/api/v1/secret/db/history", "", "X-Any: any");
        for (String command : List.of(
                "config:list",
                "config:property-list --pid com.acme.canary",
                "config:meta -p com.acme.canary",
                "log:display")) {
            Result result = node.serai("--node", "node1", "shell", command);
            assertThat(result.out() + result.err()).isNotEmpty();
            canaries.look("shell " + command, result.out() + result.err());
        }
        assertThat(node.serai("--node", "node1", "shell", "config:list").out()).contains("x${secret:db}z");
    }

    private void awaitHash(String value) throws Exception {
        String hash = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8)));
        for (int number = 1; number <= 2; number++) {
            String address = "http://localhost:" + (node.basePort() + number) + "/hash";
            await("new value on node " + number)
                    .atMost(LIMIT)
                    .until(() -> CommandLine.succeed("curl", "-sS", address), answer -> answer.contains(hash));
        }
    }

    private void curl(String method, String path, String body, String header) {
        String answer = CommandLine.succeed(
                "curl",
                "-sSik",
                "-X",
                method,
                "-u",
                "admin:" + password,
                "-H",
                "Content-Type: application/json",
                "-H",
                header,
                "--data-binary",
                body,
                "https://localhost:" + node.adminPort() + path);
        canaries.look(method + " " + path, answer.replace(path, "(path)"));
    }

    private Result apply(String name, String yaml, String... options) throws IOException {
        Path file = Files.writeString(folder.resolve(name + ".yaml"), yaml);
        List<String> words = new ArrayList<>(List.of("apply", "-f", file.toString()));
        words.addAll(List.of(options));
        return serai(words.toArray(String[]::new));
    }

    private static Result ends(int code, Result result, Integer... others) {
        List<Integer> codes = new ArrayList<>(List.of(others));
        codes.add(code);
        assertThat(codes).as(result.out() + result.err()).contains(result.exitCode());
        return result;
    }

    private Result serai(String... words) {
        Result result = node.serai(environment(), words);
        canaries.look("serai " + String.join(" ", words), result.out() + result.err());
        return result;
    }

    /** Runs a command with something on its standard input. */
    private Result typing(String input, String... words) throws IOException {
        Path typed = Files.writeString(Scratch.folder("typed").resolve("input"), input + "\n");
        List<String> command = new ArrayList<>(List.of(
                "sh",
                "-c",
                "file=$1; shift; exec \"$@\" < \"$file\"",
                "sh",
                typed.toString(),
                node.launcher(),
                "--home"));
        command.add(node.home().toString());
        command.addAll(List.of(words));
        Result result = CommandLine.run(command, new TreeMap<>(environment()));
        canaries.look("serai " + String.join(" ", words), result.out() + result.err());
        return result;
    }

    private Map<String, String> environment() {
        return Map.of(
                "XDG_CONFIG_HOME", folder.resolve("config").toString(),
                "XDG_CACHE_HOME", folder.resolve("cache").toString());
    }
}
