package io.serai.deployer.internal.folder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Tells which files of a folder other programs have open for writing, as far as the operating system lets us see it: on
 * Linux, for programs of the same user. This is how a file without an end of its own is told from its first half.
 */
final class Writers {
    private static final Path PROC = Path.of("/proc");
    private static final int ACCESS_MODE = 3;

    private Writers() {}

    /** Returns the names of the files that are being written. */
    static Set<String> namesIn(Path folder) {
        Set<String> names = new HashSet<>();
        if (!Files.isDirectory(PROC.resolve("self/fd"))) {
            return names;
        }
        try {
            Path real = folder.toRealPath();
            String self = PROC.resolve("self").toRealPath().getFileName().toString();
            for (Path process : children(PROC)) {
                String pid = process.getFileName().toString();
                if (Character.isDigit(pid.charAt(0)) && !pid.equals(self)) {
                    collect(process, real, names);
                }
            }
        } catch (IOException e) {
            return names;
        }
        return names;
    }

    private static void collect(Path process, Path folder, Set<String> names) {
        for (Path descriptor : children(process.resolve("fd"))) {
            Optional<Path> file = target(descriptor);
            if (file.isPresent() && folder.equals(file.get().getParent()) && writes(process, descriptor)) {
                names.add(file.get().getFileName().toString());
            }
        }
    }

    private static Optional<Path> target(Path descriptor) {
        try {
            return Optional.of(Files.readSymbolicLink(descriptor));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static boolean writes(Path process, Path descriptor) {
        try {
            return Files.readAllLines(process.resolve("fdinfo").resolve(descriptor.getFileName())).stream()
                    .filter(line -> line.startsWith("flags:"))
                    .map(line -> line.substring("flags:".length()).trim())
                    .anyMatch(flags -> (Integer.parseInt(flags, 8) & ACCESS_MODE) != 0);
        } catch (IOException | NumberFormatException e) {
            return false;
        }
    }

    /** Returns what is in a folder; nothing if we may not see it, or it has gone. */
    private static List<Path> children(Path folder) {
        try (Stream<Path> children = Files.list(folder)) {
            return children.toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of();
        }
    }
}
