package io.serai.state.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/**
 * Breaks the disk under a process: in a file system of its own where the kernel allows that, and otherwise by a limit on
 * the size of files, and by permissions.
 */
public class DiskFailureTest {
    private static final List<String> OWN_FILE_SYSTEM = List.of("unshare", "--mount", "--map-root-user", "sh", "-c");

    private static final List<String> BOUND_BY_PERMISSIONS =
            List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search");

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void refusesChangeWhileTheDiskIsFullAndMakesItWhenThereIsRoom() throws Exception {
        Path ballast = root().resolve("ballast");
        if (hasOwnFileSystem()) {
            assertRefusedThenHealed(
                    "cat /dev/zero > " + ballast + " 2>/dev/null", "rm " + ballast, "the disk is full", "free space");
        } else {
            assertRefusedThenHealed(
                    "prlimit --pid $PPID --fsize=4096:unlimited",
                    "prlimit --pid $PPID --fsize=unlimited:unlimited",
                    "File too large");
        }
    }

    @Test
    public void refusesChangeWhileTheDirectoryIsReadOnly() throws Exception {
        String directory = root() + "/state.git";
        if (hasOwnFileSystem()) {
            assertRefusedThenHealed(
                    "mount --bind " + directory + " " + directory + " && mount -o remount,bind,ro " + directory,
                    "umount " + directory,
                    "the directory is read-only",
                    "make it writable");
        } else {
            assertRefusedThenHealed("chmod -R a-w " + directory, "chmod -R u+w " + directory, "read-only");
        }
    }

    private void assertRefusedThenHealed(String breaking, String repairing, String... said) throws Exception {
        List<String> arguments = List.of("fail", root().resolve("state.git").toString(), breaking, repairing);
        try (ChildJvm child = ChildJvm.start(wrapper(), List.of(), Map.of(), arguments)) {
            assertThat(child.line())
                    .startsWith("IO Cannot write a change to the state repository " + root())
                    .contains(said);
            assertThat(child.line()).isEqualTo("healed");
        }
    }

    private List<String> wrapper() throws IOException, InterruptedException {
        if (hasOwnFileSystem()) {
            String script = "mount -t tmpfs -o size=4m serai " + root() + " && exec \"$@\"";
            return Stream.concat(OWN_FILE_SYSTEM.stream(), Stream.of(script, "sh"))
                    .toList();
        }
        return System.getProperty("user.name").equals("root") ? BOUND_BY_PERMISSIONS : List.of();
    }

    private static boolean hasOwnFileSystem() throws IOException, InterruptedException {
        List<String> probe = Stream.concat(OWN_FILE_SYSTEM.stream(), Stream.of("mount -t tmpfs serai /mnt"))
                .toList();
        try {
            return new ProcessBuilder(probe).start().waitFor() == 0;
        } catch (IOException e) {
            return false; // there is no such command
        }
    }

    private Path root() {
        return folder.getRoot().toPath();
    }
}
