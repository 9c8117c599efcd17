package io.serai.itests.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.serai.itests.node.CommandLine;
import io.serai.itests.node.NodeProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** A node whose state lies on a disk that fills up. Mounts a small disk in memory, which needs root. */
public class DiskFullIT {
    private static final int CHUNK_BYTES = 4096;

    private final NodeProcess node = new NodeProcess();
    private final Path state = node.folder().resolve("state.git");

    @Before
    public void startOnSmallDisk() throws IOException {
        Files.createDirectories(state);
        run("mount", "-t", "tmpfs", "-o", "size=2m,mode=0700", "tmpfs", state.toString());
        node.start();
    }

    @After
    public void stopAndUnmount() throws IOException {
        node.stop();
        run("umount", state.toString());
    }

    @Test
    public void refusesChangeServesOnAndHealsWhenThereIsRoom() throws IOException {
        node.deploy("Before.java", TestBundle.serviceSource("Before", "before", "one"));
        Path filler = fillUp();

        JsonNode refused = node.deploy("Before.java", TestBundle.serviceSource("Before", "before", "two"));
        assertThat(refused.path("state").asText()).as("%s", refused).isEqualTo("FAILED");
        assertThat(refused.path("message").asText()).containsIgnoringCase("space");
        assertThat(node.get("/before").body()).contains("one");

        Files.delete(filler);
        node.awaitAnswer("/before", "two");
        node.awaitState("Before.java", "ACTIVE");
    }

    private Path fillUp() throws IOException {
        Path filler = state.resolve("filler");
        byte[] chunk = new byte[CHUNK_BYTES];
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (state.toFile().getUsableSpace() > 0) {
                out.write(chunk);
            }
        }
        return filler;
    }

    private static void run(String... command) throws IOException {
        CommandLine.Result result = CommandLine.run(List.of(command), Map.of());
        assertThat(result.exitCode()).as(result.err()).isZero();
    }
}
