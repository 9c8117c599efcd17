package io.serai.state.internal;

import io.serai.api.state.StateException;
import io.serai.api.state.StateException.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files and folders a bare repository consists of. */
final class RepositoryLayout {
    static final String HEADS = "refs/heads";
    static final String MAIN = HEADS + "/main";
    private static final String HEAD = "ref: " + MAIN + "\n";
    private static final List<String> FOLDERS = List.of("objects/info", "objects/pack", HEADS, "refs/tags", "info");
    private static final String CONFIG =
            """
            [core]
            \trepositoryformatversion = 0
            \tfilemode = false
            \tbare = true
            """;

    private RepositoryLayout() {}

    /** Refuses a directory that holds something else, so that a wrong configuration cannot harm it. */
    static void requireRepositoryOrEmpty(Path directory) throws IOException, StateException {
        if (Files.exists(directory.resolve("objects"))) {
            return;
        }
        try (Stream<Path> files = Files.list(directory)) {
            Set<String> names = files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
            names.remove(DirectoryLock.FILE);
            if (!names.isEmpty()) {
                throw new StateException(
                        Reason.IO,
                        "Cannot open the state repository " + directory
                                + ": it is not a Git repository and has other files ("
                                + names.iterator().next()
                                + "); set directory in " + StateSettings.PID + " to an empty or absent one",
                        null);
            }
        }
    }

    /** Makes what is absent or unreadable; may be repeated. */
    static void complete(Path directory) throws IOException {
        for (String folder : FOLDERS) {
            Files.createDirectories(directory.resolve(folder));
        }
        Path head = directory.resolve("HEAD");
        if (!content(head).equals(HEAD)) {
            DurableFiles.replace(head, HEAD);
        }
        Path config = directory.resolve("config");
        if (!content(config).contains("bare = true")) {
            DurableFiles.replace(config, CONFIG);
        }
        for (String folder : List.of("", "objects", "refs")) {
            DurableFiles.force(directory.resolve(folder));
        }
    }

    private static String content(Path file) throws IOException {
        return Files.exists(file) ? new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1) : "";
    }
}
