package io.serai.deployer.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.serai.api.deploy.Verdict;
import io.serai.api.deploy.Verdict.State;
import io.serai.api.state.BlobId;
import io.serai.api.state.StatePath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class VerdictMarkersTest {
    private static final BlobId BLOB = new BlobId("a".repeat(40));

    @Rule
    public final TemporaryFolder temporary = new TemporaryFolder();

    private static Verdict verdict(String path, State state) {
        return new Verdict(
                new StatePath(path), state, "a message", "", Optional.of(BLOB), Optional.empty(), Instant.EPOCH);
    }

    @Test
    public void writesWhatAScriptWaitsForAndRemovesWhatIsGone() throws Exception {
        Path directory = temporary.getRoot().toPath().resolve("verdicts");
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("old.jar.json"), "{}");
        try (VerdictMarkers markers = new VerdictMarkers(directory)) {
            markers.settled(verdict("deploy/a.jar", State.WAITING));
            markers.settled(verdict("deploy/a.jar", State.FAILED));
            markers.settled(verdict("config/b.cfg", State.ACTIVE));
            markers.settled(verdict("deploy/c.jar", State.ACTIVE));
            markers.gone(new StatePath("deploy/c.jar"));
            markers.complete(Set.of(new StatePath("deploy/a.jar"), new StatePath("config/b.cfg")));
        }

        JsonNode marker =
                new ObjectMapper().readTree(directory.resolve("a.jar.json").toFile());
        assertThat(marker.get("version").asInt()).isEqualTo(1);
        assertThat(marker.get("state").asText()).isEqualTo("FAILED");
        assertThat(marker.get("message").asText()).isEqualTo("a message");
        assertThat(marker.get("wanted").asText()).isEqualTo(BLOB.value());
        assertThat(marker.get("serving").isNull()).isTrue();
        assertThat(directory.resolve("config/b.cfg.json")).exists();
        assertThat(directory.resolve("c.jar.json")).doesNotExist();
        assertThat(directory.resolve("old.jar.json")).doesNotExist();
    }

    @Test
    public void knowsAfterRestartWhatServed() throws Exception {
        Path directory = temporary.getRoot().toPath().resolve("verdicts");
        StatePath path = new StatePath("deploy/a.jar");
        BlobId wanted = new BlobId("b".repeat(40));
        try (VerdictMarkers markers = new VerdictMarkers(directory)) {
            markers.settled(new Verdict(
                    path, State.FAILED, "a message", "", Optional.of(wanted), Optional.of(BLOB), Instant.EPOCH));
        }

        try (VerdictMarkers markers = new VerdictMarkers(directory)) {
            assertThat(markers.served(path)).contains(BLOB);
            assertThat(markers.served(new StatePath("deploy/b.jar"))).isEmpty();
            Files.writeString(directory.resolve("a.jar.json"), "{");
            assertThat(markers.served(path)).isEmpty();
        }
    }
}
