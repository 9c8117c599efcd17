package io.serai.state.internal;

import static io.serai.state.internal.RepositoryFixture.ANN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.serai.api.state.BlobId;
import io.serai.api.state.CommitId;
import io.serai.api.state.Content;
import io.serai.api.state.StateException;
import io.serai.api.state.StateException.Reason;
import io.serai.api.state.StatePath;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class SnapshotTest {
    @Rule
    public final RepositoryFixture fixture = new RepositoryFixture();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void overlaysRootByGroupsInTheirOrderAndByTheNode() throws StateException {
        put(Map.of(
                "deploy/root.jar", "root",
                "deploy/cpu.jar", "root",
                "deploy/net.jar", "root",
                "deploy/node.jar", "root",
                "groups/cpu/deploy/cpu.jar", "cpu",
                "groups/cpu/deploy/net.jar", "cpu",
                "groups/net/deploy/net.jar", "net",
                "groups/net/deploy/node.jar", "net",
                "nodes/node1/deploy/node.jar", "node",
                "nodes/node1/features.yaml", "node"));
        put(Map.of(
                "groups/cp/deploy/root.jar", "not mine",
                "groups/cpu-2/deploy/root.jar", "not mine",
                "groups/cpu0/deploy/root.jar", "not mine",
                "nodes/node10/deploy/root.jar", "not mine",
                "nodes/node1.x/deploy/root.jar", "not mine"));
        Map<String, String> expected = Map.of(
                "deploy/root.jar", "deploy/root.jar",
                "deploy/cpu.jar", "groups/cpu/deploy/cpu.jar",
                "deploy/net.jar", "groups/net/deploy/net.jar",
                "deploy/node.jar", "nodes/node1/deploy/node.jar",
                "features.yaml", "nodes/node1/features.yaml");

        assertThat(effective()).isEqualTo(expected);
        fixture.reopen();
        assertThat(effective()).isEqualTo(expected);
    }

    @Test
    public void computesFilesAndOverlayOnce() throws StateException {
        CommitId commit = fixture.put("deploy/a.jar", "one");

        assertThat(fixture.repository().head().files())
                .isSameAs(fixture.repository().head().files());
        assertThat(fixture.repository().head().effective())
                .isSameAs(fixture.repository().head().effective());
        fixture.put("deploy/b.jar", "two");
        assertThat(fixture.repository().at(commit))
                .isSameAs(fixture.repository().at(commit));
    }

    @Test
    public void readsContentByPathAndById() throws StateException, IOException {
        fixture.put("deploy/a.jar", "one");
        StatePath path = new StatePath("deploy/a.jar");

        Content content = fixture.repository().head().content(path).orElseThrow();
        assertThat(content.size()).isEqualTo(3);
        assertThat(content.bytes()).asString().isEqualTo("one");
        assertThat(fixture.repository().head().content(new StatePath("deploy/b.jar")))
                .isEmpty();
        assertThatExceptionOfType(StateException.class)
                .isThrownBy(() -> fixture.repository().head().content(new BlobId("0".repeat(39) + "1")))
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.NOT_FOUND));
    }

    @Test
    public void streamsContentThatMemoryCouldNotHold() throws Exception {
        List<String> arguments = List.of("stream", folder.getRoot() + "/state.git");
        try (ChildJvm child = ChildJvm.start(List.of(), List.of("-Xmx16m"), Map.of(), arguments)) {
            assertThat(child.line()).isEqualTo("streamed");
            assertThat(child.line()).isEqualTo("replicated");
        }
    }

    private Map<String, String> effective() {
        Map<String, String> effective = new TreeMap<>();
        fixture.repository()
                .head()
                .effective()
                .forEach((path, entry) ->
                        effective.put(path.value(), entry.path().value()));
        return effective;
    }

    private void put(Map<String, String> files) throws StateException {
        fixture.repository().commit(RepositoryFixture.put(Optional.empty(), ANN, files));
    }
}
