package io.serai.itests.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The built distribution, unpacked once for all tests of a run. */
public final class Distribution {
    private static final Path FOLDER = unpack();

    private Distribution() {}

    /** Returns the folder it is unpacked in, which has a blank in its name, as users' folders do. */
    public static Path folder() {
        return FOLDER;
    }

    private static Path unpack() {
        try {
            Path folder = Scratch.folder("distribution");
            CommandLine.Result result = CommandLine.run(
                    List.of(
                            "tar",
                            "xzf",
                            System.getProperty("serai.archive"),
                            "--strip-components=1",
                            "-C",
                            folder.toString()),
                    Map.of());
            if (result.exitCode() != 0) {
                throw new IllegalStateException("Cannot unpack the distribution: " + result.err());
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
