package io.serai.deployer.internal.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.Assume.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class WritersTest {
    @Rule
    public final TemporaryFolder temporary = new TemporaryFolder();

    @Test
    public void seesFilesThatAnotherProgramHasOpenForWriting() throws IOException {
        assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")));
        File written = temporary.newFile("written.cfg");
        File read = temporary.newFile("read.cfg");
        Path folder = temporary.getRoot().toPath();
        Process program = new ProcessBuilder(
                        "sh", "-c", "exec 3>>\"$0\" 4<\"$1\"; read line", written.getPath(), read.getPath())
                .start();
        try {
            await().until(() -> !Writers.namesIn(folder).isEmpty());
            assertThat(Writers.namesIn(folder)).containsExactly("written.cfg");
        } finally {
            program.getOutputStream().close();
        }
        await().until(() -> Writers.namesIn(folder).isEmpty());
    }
}
