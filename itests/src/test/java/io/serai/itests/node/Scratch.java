package io.serai.itests.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Where tests put what they make. It stays when they end, so that a failure can be looked into, and goes when the next
 * run begins: nodes take a hundred megabytes each.
 */
public final class Scratch {
    private static final Path FOLDER = make();

    private Scratch() {}

    /** Returns a new folder, with a blank in its name, as users' folders have. */
    public static Path folder(String name) {
        try {
            return Files.createTempDirectory(FOLDER, name + " ");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes a folder named after this process, and deletes those of processes that have ended. */
    private static Path make() {
        try {
            Path parent = Files.createDirectories(Path.of(System.getProperty("serai.scratch")));
            try (DirectoryStream<Path> runs = Files.newDirectoryStream(parent)) {
                for (Path run : runs) {
                    long pid = Long.parseLong(run.getFileName().toString());
                    if (ProcessHandle.of(pid).isEmpty()) {
                        delete(run);
                    }
                }
            }
            return Files.createDirectories(
                    parent.resolve(Long.toString(ProcessHandle.current().pid())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path root) {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            System.err.println("Left where it is: " + root + ", because of " + e);
        }
    }
}
