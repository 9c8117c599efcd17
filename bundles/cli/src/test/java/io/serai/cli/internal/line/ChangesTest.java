package io.serai.cli.internal.line;

import static org.assertj.core.api.Assertions.assertThat;

import io.serai.cli.internal.line.TestTerminal.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

public class ChangesTest {
    private static final String UPLOAD = "PUT /api/v1/artifact/a.jar/content";

    @Rule
    public final TestCluster cluster = new TestCluster();

    @Rule
    public final TestTerminal terminal = new TestTerminal();

    private Path jar;

    @Before
    public void haveAFile() throws Exception {
        terminal.in(cluster);
        jar = Files.writeString(terminal.getRoot().toPath().resolve("a.jar"), "x".repeat(200_000));
    }

    private static String deployed(String state, String silent) {
        return "{\"objects\":[{\"kind\":\"artifact\",\"name\":\"a.jar\",\"action\":\"created\"}],\"rollout\":{\"succeeded\":"
                + (state.equals("ACTIVE") && silent.isEmpty())
                + ",\"nodes\":{\"node1\":[{\"path\":\"deploy/a.jar\",\"state\":\"" + state
                + "\",\"message\":\"service a\"}]},\"silent\":[" + silent + "]}}";
    }

    @Test
    public void aDeploymentWaitsForAllNodesAndTellsEachVerdict() {
        cluster.on(UPLOAD, 201, deployed("ACTIVE", ""));

        Result deployed = terminal.serai("deploy", jar.toString(), "--rolling", "--timeout", "90s");

        assertThat(deployed.code()).as(deployed.err()).isZero();
        assertThat(deployed.out().lines())
                .containsExactly("artifact/a.jar created", "  node1  ACTIVE  deploy/a.jar: service a");
        assertThat(deployed.err()).isEmpty();
        assertThat(cluster.last().location()).contains("wait=all", "timeout=90s", "rolling=true");
        assertThat(cluster.last().body()).hasSize(200_000);
        assertThat(terminal.serai("deploy", jar.toString(), "--wait").code()).isZero();
        assertThat(cluster.last().location()).contains("wait=all");
        Result swallowed = terminal.serai("deploy", "--wait", jar.toString(), jar.toString());
        assertThat(swallowed.code()).isEqualTo(2);
        assertThat(swallowed.err()).contains("--wait takes all, majority or none");
        terminal.serai("deploy", jar.toString(), "--wait", "none");
        assertThat(cluster.last().location()).contains("wait=none");
    }

    @Test
    public void whatDoesNotRunIsAFailureAndWhoIsSilentIsLate() {
        cluster.on(UPLOAD, 201, deployed("FAILED", ""));
        Result failed = terminal.serai("deploy", jar.toString());
        cluster.on(UPLOAD, 201, deployed("ACTIVE", "\"node2\""));
        Result late = terminal.serai("deploy", jar.toString());

        assertThat(failed.code()).isEqualTo(1);
        assertThat(failed.out()).contains("node1  FAILED");
        assertThat(failed.err()).contains("does not run on node1", "Hint: ");
        assertThat(late.code()).isEqualTo(7);
        assertThat(late.err()).contains("node2");
        assertThat(terminal.serai("deploy", "nowhere.jar").code()).isEqualTo(3);
    }

    @Test
    public void progressIsForTerminals() {
        cluster.on(UPLOAD, 201, deployed("ACTIVE", ""));
        terminal.terminal = true;

        Result deployed = terminal.serai("deploy", jar.toString());

        assertThat(deployed.err()).contains("\r", "100 %");
        assertThat(deployed.out()).doesNotContain("\r").contains("created");
    }

    @Test
    public void applyReadsFilesAndFoldersAndTheInput() throws Exception {
        cluster.on(
                "POST /api/v1/apply",
                200,
                "{\"dryRun\":true,\"objects\":[{\"kind\":\"a\",\"name\":\"x\",\"action\":\"unchanged\"},"
                        + "{\"kind\":\"a\",\"name\":\"y\",\"layer\":\"groups/g\",\"action\":\"created\"}]}");
        Path all = terminal.getRoot().toPath().resolve("all");
        Path folder = Files.createDirectories(all.resolve("inner"));
        Files.writeString(folder.resolve("b.yaml"), "b: 1");
        Files.writeString(all.resolve("a.json"), "{}");
        Files.writeString(folder.resolve("README.md"), "no object");

        Result applied = terminal.typing("c: 1").serai("apply", "-f", all.toString(), "-f", "-", "--dry-run");

        assertThat(applied.code()).as(applied.err()).isZero();
        assertThat(cluster.last().body()).isEqualTo("{}\n---\nb: 1\n---\nc: 1");
        assertThat(applied.out().lines())
                .containsExactly("a/x unchanged (dry run)", "a/y (groups/g) created (dry run)");
        terminal.typing("c: 1").serai("apply", "-f", "-", "--prune", "--kinds", "a,b");
        assertThat(cluster.last().location()).contains("prune=a%2Cb");
        assertThat(terminal.serai("apply", "-f", "-", "--prune").code()).isEqualTo(2);
        assertThat(terminal.serai("apply").code()).isEqualTo(2);
    }

    @Test
    public void diffEndsAsKubectlDoes() {
        String difference = "{\"pointer\":\"/spec/path\",\"before\":\"/a\",\"after\":\"/b\"}";
        cluster.on(
                "POST /api/v1/apply",
                200,
                "{\"objects\":[{\"kind\":\"a\",\"name\":\"x\",\"action\":\"configured\",\"differences\":[" + difference
                        + "]}]}");
        Result different = terminal.serai("diff", "-f", "-");
        cluster.on(
                "POST /api/v1/apply", 200, "{\"objects\":[{\"kind\":\"a\",\"name\":\"x\",\"action\":\"unchanged\"}]}");
        Result same = terminal.serai("diff", "-f", "-");
        cluster.refuse("POST /api/v1/apply", 400, "The body is neither YAML nor JSON");
        Result broken = terminal.serai("diff", "-f", "-");

        assertThat(different.code()).isEqualTo(1);
        assertThat(different.out().lines())
                .containsExactly("~ a/x", "  - /spec/path: \"/a\"", "  + /spec/path: \"/b\"");
        assertThat(cluster.last().location()).contains("dryRun=true");
        assertThat(same.code()).isZero();
        assertThat(same.out()).isEmpty();
        assertThat(broken.code()).isGreaterThan(1);
    }

    @Test
    public void exportAndHistoryAreWhatTheServerHas() {
        cluster.on("GET /api/v1/export", 200, "kind: a\nname: x\n");
        cluster.on(
                "GET /api/v1/revision",
                200,
                "{\"items\":[{\"name\":\"0123456789abcdef\",\"spec\":{\"time\":\"t\",\"author\":\"ann\",\"face\":\"rest\","
                        + "\"message\":\"Why\\nmore\"}}]}");

        assertThat(terminal.serai("export", "rest-channel", "user").out()).isEqualTo("kind: a\nname: x\n");
        assertThat(cluster.last().location()).isEqualTo("/api/v1/export?kinds=rest-channel%2Cuser");
        assertThat(terminal.serai("history").out().lines())
                .containsExactly(
                        "COMMIT       TIME   AUTHOR   FACE   MESSAGE", "0123456789   t      ann      rest   Why");
    }

    @Test
    public void everyStatusHasItsExitCode() {
        for (List<Integer> each : List.of(
                List.of(400, 1),
                List.of(401, 5),
                List.of(403, 5),
                List.of(404, 3),
                List.of(409, 4),
                List.of(412, 4),
                List.of(429, 5),
                List.of(500, 1),
                List.of(503, 6),
                List.of(504, 7))) {
            cluster.refuse("GET /api/v1/service/s", each.get(0), "Told why");

            Result refused = terminal.serai("get", "service", "s");

            assertThat(refused.code()).as(each.toString()).isEqualTo(each.get(1));
            assertThat(refused.err()).startsWith("Error: Told why.\n").contains("id=c-" + each.get(0));
            assertThat(refused.out()).isEmpty();
        }
    }

    @Test
    public void everythingThatIsWrongIsListed() {
        cluster.on(
                "POST /api/v1/apply",
                400,
                "{\"detail\":\"Two faults\",\"errors\":[{\"object\":\"a/x\",\"pointer\":\"/spec/p\",\"detail\":\"is missing\"},"
                        + "{\"pointer\":\"/spec/q\",\"detail\":\"is no number\"}]}");

        assertThat(terminal.serai("apply", "-f", "-").err().lines())
                .containsExactly("Error: Two faults.", "  a/x /spec/p: is missing", "  /spec/q: is no number");
    }
}
