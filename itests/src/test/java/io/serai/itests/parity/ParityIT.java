package io.serai.itests.parity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.serai.itests.node.CommandLine.Result;
import io.serai.itests.node.Distribution;
import io.serai.itests.node.NodeProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Whatever the REST API can be told, the command line and the Karaf shell can be told as well, with the same rights. */
public class ParityIT {
    private static final String VIEWERS_PASSWORD = "looks-at-all-of-it";

    /** Verbs of the command line that are made of several operations, or are another word for one. */
    private static final Set<String> COMPOSED = Set.of("add", "stats");

    private static final String CHANNEL =
            """
            kind: rest-channel
            name: orders
            spec: {path: /orders, methods: [GET], service: hello}
            """;

    @ClassRule
    public static final NodeProcess NODE = new NodeProcess();

    @ClassRule
    public static final TemporaryFolder FOLDER = new TemporaryFolder();

    private static Faces admin;
    private static Faces viewer;
    private static List<Operation> operations;

    @BeforeClass
    public static void twoUsersLogIn() throws IOException {
        Path folder = FOLDER.getRoot().toPath();
        admin = new Faces(NODE, folder, "admin", NodeProcess.ADMIN_PASSWORD);
        viewer = new Faces(NODE, folder, "vic", VIEWERS_PASSWORD);
        admin.shell("serai:put user vic roles=viewer password=" + VIEWERS_PASSWORD);
        admin.login();
        viewer.login();
        operations = Operation.of(admin.openApi());
        assertThat(operations).hasSizeGreaterThan(50);
    }

    @Test
    public void theCommandLineHasAllOperationsAndNoOthers() throws IOException {
        List<String> commands = admin.completed("");
        List<String> gaps = new ArrayList<>();
        Map<String, Set<String>> verbs = new HashMap<>();
        for (Operation operation : operations) {
            if (operation.isFixed()) {
                if (!commands.contains(fixedCommand(operation))) {
                    gaps.add(operation + ": serai " + fixedCommand(operation));
                }
                continue;
            }
            if (!verbs.containsKey(operation.kind())) {
                verbs.put(operation.kind(), new HashSet<>(admin.completed(operation.kind(), "")));
            }
            Set<String> known = verbs.getOrDefault(operation.kind(), Set.of());
            String verb = operation.verb().equals("put") ? "set" : operation.verb();
            if (!known.remove(verb)) {
                gaps.add(operation + ": serai " + operation.kind() + " " + verb);
            }
        }
        if (!admin.completed("get", "node", "--w").contains("--watch")) {
            gaps.add("GET /{kind}?watch=true: serai get KIND --watch");
        }

        assertThat(gaps).as("operations that the command line lacks").isEmpty();
        verbs.forEach((kind, rest) -> {
            rest.removeAll(COMPOSED);
            assertThat(rest).as("verbs of " + kind + " that the API lacks").isEmpty();
        });
    }

    private static String fixedCommand(Operation operation) {
        return switch (operation.toString()) {
            case "POST /login" -> "login";
            case "DELETE /login" -> "logout";
            case "GET /login" -> "context";
            case "POST /apply" -> "apply";
            case "GET /export" -> "export";
            case "GET /openapi.json" -> "completion"; // what it proposes is what the document has
            default -> operation.toString();
        };
    }

    @Test
    public void theShellHasAllOperationsAndNoOthers() throws IOException {
        Map<String, Set<String>> actions = new HashMap<>();
        for (JsonNode kind : admin.shellJson("serai:kinds --json")) {
            Set<String> names = new TreeSet<>();
            kind.path("actions").forEach(action -> names.add(action.asText()));
            actions.put(kind.path("kind").asText(), names);
        }
        Set<String> reached = new TreeSet<>(actions.keySet());
        Set<String> commands = new HashSet<>();
        List<String> gaps = new ArrayList<>();
        for (Operation operation : operations) {
            if (operation.isAction()) {
                if (!actions.getOrDefault(operation.kind(), Set.of()).remove(operation.verb())) {
                    gaps.add(operation + ": serai:run " + operation.kind() + " " + operation.verb());
                }
            } else if (!operation.isFixed() && !actions.containsKey(operation.kind())) {
                gaps.add(operation + ": serai:get " + operation.kind());
            }
            reached.remove(operation.kind());
            commands.add(shellCommand(operation));
        }
        commands.add("serai:diff");
        for (String command : commands) {
            Result help = admin.shell(command + " --help", Path.of("/dev/null"));
            if (!help.out().contains("SYNTAX")) {
                gaps.add(command + ": " + help.out());
            }
        }
        for (String option : List.of("--watch", "--filter", "--fields", "--limit", "--cursor", "--layer")) {
            assertThat(admin.shell("serai:get --help")).contains(option);
        }

        assertThat(gaps).as("operations that the shell lacks").isEmpty();
        assertThat(reached).as("kinds that the API lacks").isEmpty();
        assertThat(actions.values()).as("actions that the API lacks").allMatch(Set::isEmpty);
    }

    private static String shellCommand(Operation operation) {
        if (operation.isAction()) {
            return "serai:run";
        }
        return switch (operation.isFixed() ? operation.toString() : operation.verb()) {
            case "list", "get" -> "serai:get";
            case "POST /login", "GET /login" -> "serai:whoami"; // the login is that of SSH
            case "DELETE /login" -> "shell:logout";
            case "POST /apply" -> "serai:apply";
            case "GET /export" -> "serai:export";
            case "GET /openapi.json" -> "serai:kinds";
            default -> "serai:" + operation.verb();
        };
    }

    @Test
    public void theReferenceOfTheDistributionTellsAllOfIt() throws IOException {
        String reference = admin.serai("explain", "--markdown").out();

        assertThat(reference.lines())
                .as("what has no meaning yet")
                .noneMatch(line -> line.startsWith("| ") && line.endsWith("|  |"));
        for (Operation operation : operations) {
            if (!operation.isFixed()) {
                assertThat(reference).contains("\n### " + operation.kind() + "\n");
            }
        }
        assertThat(Distribution.folder().resolve("doc/reference.md"))
                .as("serai explain --markdown > assembly/src/main/distribution/doc/reference.md makes it anew")
                .hasContent(reference);
    }

    @Test
    public void aViewerIsRefusedEveryChangeInTheShell() throws IOException {
        Path channel = channel();
        String head = NODE.head().orElseThrow();
        int before = refusals("shell");
        int tried = 0;
        for (Operation operation : operations) {
            if (!operation.changes()) {
                continue;
            }
            String command = shellCommand(operation);
            if (operation.isAction()) {
                command += " " + operation.kind() + " " + operation.verb();
            } else if (!operation.isFixed()) {
                command += " " + operation.kind();
            }
            command += operation.ofObject() ? " " + name(operation) : "";
            command += operation.verb().equals("put") ? " {}" : "";

            Result refused = viewer.shell(command, operation.isFixed() ? channel : Path.of("/dev/null"));

            assertThat(refused.out()).as(command).contains("User vic may not");
            assertThat(refused.exitCode()).as(command).isNotZero();
            tried++;
        }

        assertThat(tried).isGreaterThan(25);
        assertThat(refusals("shell") - before).as("entries of the audit log").isGreaterThanOrEqualTo(tried);
        assertThat(NODE.head()).contains(head);
    }

    @Test
    public void aViewerIsRefusedEveryChangeOnTheCommandLine() throws IOException {
        Path channel = channel();
        String head = NODE.head().orElseThrow();
        int before = refusals("rest");
        int tried = 0;
        for (Operation operation : operations) {
            if (!operation.changes()) {
                continue;
            }
            List<String> words = new ArrayList<>();
            if (operation.isFixed()) {
                words.addAll(List.of("apply", "-f", channel.toString()));
            } else {
                words.addAll(List.of(operation.kind(), operation.verb().equals("put") ? "set" : operation.verb()));
            }
            if (operation.verb().equals("upload")) {
                words.addAll(List.of(name(operation), channel.toString()));
            } else if (operation.ofObject()) {
                words.add(name(operation));
            }

            Result refused = viewer.serai(words.toArray(String[]::new));

            assertThat(refused.exitCode())
                    .as(words + ": " + refused.out() + refused.err())
                    .isEqualTo(5);
            tried++;
        }

        assertThat(tried).isGreaterThan(25);
        assertThat(refusals("rest") - before).as("entries of the audit log").isGreaterThanOrEqualTo(tried);
        assertThat(NODE.head()).contains(head);
    }

    private static Path channel() throws IOException {
        return Files.writeString(FOLDER.newFile().toPath(), CHANNEL);
    }

    /** Returns a name that an object of the kind can have, whether there is one or not. */
    private static String name(Operation operation) {
        return switch (operation.kind()) {
            case "feature" -> "features";
            case "node" -> "node1";
            case "revision" -> "HEAD";
            default -> "orders";
        };
    }

    private static int refusals(String face) {
        return (int) NODE.log("audit.log")
                .lines()
                .filter(line ->
                        line.contains("Refused: ") && line.contains("user=vic,") && line.contains("face=" + face + ","))
                .count();
    }
}
