package io.serai.cli.internal.command;

import io.serai.cli.internal.console.CommandException;
import io.serai.cli.internal.console.Console;
import io.serai.cli.internal.console.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Objects in files, in folders, or in the input, as one stream of documents. */
final class Documents {
    private static final String STANDARD_INPUT = "-";
    private static final List<String> ENDINGS = List.of(".yaml", ".yml", ".json");

    private Documents() {}

    /** Reads files, all files of a folder that are YAML or JSON, or the input for {@code -}. */
    static byte[] read(List<String> names, Console console) throws CommandException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (String name : names) {
            try {
                if (name.equals(STANDARD_INPUT)) {
                    append(all, console.in().readAllBytes());
                } else {
                    for (Path file : files(Path.of(name))) {
                        append(all, Files.readAllBytes(file));
                    }
                }
            } catch (IOException e) {
                throw CommandException.of(ExitCode.FAILED, name + " cannot be read, because of " + e);
            }
        }
        return all.toByteArray();
    }

    private static List<Path> files(Path path) throws IOException, CommandException {
        if (!Files.exists(path)) {
            throw CommandException.of(ExitCode.NOT_FOUND, "There is no file " + path);
        }
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> inside = Files.walk(path)) {
            List<Path> files = inside.filter(Files::isRegularFile)
                    .filter(file -> ENDINGS.stream().anyMatch(file.toString()::endsWith))
                    .sorted()
                    .toList();
            if (files.isEmpty()) {
                throw CommandException.of(
                        ExitCode.NOT_FOUND, path + " has no file that ends with " + String.join(", ", ENDINGS));
            }
            return files;
        }
    }

    private static void append(ByteArrayOutputStream all, byte[] document) {
        if (all.size() > 0) {
            all.writeBytes("\n---\n".getBytes(StandardCharsets.UTF_8));
        }
        all.writeBytes(document);
    }
}
