package io.serai.itests.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.serai.itests.node.NodeProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.Rule;
import org.junit.Test;

/** A thousand files that arrive together, and what a crash in the middle of them leaves. */
public class BatchIT {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final int FILES = 1000;
    private static final int EVERY_BROKEN = 100;

    @Rule
    public final NodeProcess node = new NodeProcess();

    @Test
    public void servesAllButTheBrokenOfThousandFiles() throws IOException {
        dropAll(files());

        awaitServing();
        await("verdicts on the broken ones").atMost(LIMIT).until(() -> failed() == FILES / EVERY_BROKEN);
        for (int i = 0; i < FILES; i++) {
            assertThat(node.get("/batch" + i).statusCode()).as("batch" + i).isEqualTo(broken(i) ? 404 : 200);
        }
    }

    @Test
    public void losesNothingAndDoublesNothingWhenKilledInTheMiddle() throws IOException {
        dropAll(files());
        await("the batch to be under way").atMost(LIMIT).until(() -> node.log().contains("batch"));

        node.kill();
        node.start();

        awaitServing();
        assertThat(node.serai("shell", "bundle:list -s").out().lines().filter(l -> l.contains("batch.B")))
                .hasSize(FILES - FILES / EVERY_BROKEN)
                .doesNotHaveDuplicates();
    }

    private void awaitServing() {
        await("all to answer").atMost(LIMIT).until(() -> {
            for (int i = FILES - 1; i >= 0; i--) {
                if (!broken(i) && node.get("/batch" + i).statusCode() != 200) {
                    return false;
                }
            }
            return true;
        });
    }

    private long failed() {
        long count = 0;
        for (int i = 0; i < FILES; i++) {
            if (node.verdict("batch" + i + ".jar")
                    .filter(v -> "FAILED".equals(v.path("state").asText()))
                    .isPresent()) {
                count++;
            }
        }
        return count;
    }

    private static boolean broken(int number) {
        return number % EVERY_BROKEN == 7;
    }

    private static Map<String, byte[]> files() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (int i = 0; i < FILES; i++) {
            byte[] content = broken(i) ? new byte[] {'P', 'K', 3, 4, (byte) i} : BatchBundles.jar(i);
            files.put("batch" + i + ".jar", content);
        }
        return files;
    }

    private void dropAll(Map<String, byte[]> files) throws IOException {
        Path staged = Files.createDirectory(node.home().resolve("staged"));
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Files.write(staged.resolve(file.getKey()), file.getValue());
        }
        for (String name : files.keySet()) {
            Files.move(staged.resolve(name), node.deploy().resolve(name));
        }
    }
}
