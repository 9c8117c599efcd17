package io.serai.security.internal.audit;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The files of the log, each called after the number of its first entry, so that their names sort as they were written. */
final class AuditFiles {
    private static final Pattern NAME = Pattern.compile("audit-[0-9]{18}\\.jsonl");
    private static final FileAttribute<Set<PosixFilePermission>> FILE_MODE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<Set<PosixFilePermission>> FOLDER_MODE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final Path directory;

    AuditFiles(Path directory) {
        this.directory = directory;
    }

    void makeFolder() throws IOException {
        Files.createDirectories(directory, FOLDER_MODE);
    }

    /** Returns all files, the oldest first. */
    List<Path> all() throws IOException {
        List<Path> files = new ArrayList<>();
        if (!Files.isDirectory(directory)) {
            return files;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                if (NAME.matcher(entry.getFileName().toString()).matches()) {
                    files.add(entry);
                }
            }
        }
        files.sort(null);
        return files;
    }

    /** Returns the file that an entry is in, if it is there. */
    Optional<Path> before(long number) throws IOException {
        String name = name(number);
        return all().stream()
                .filter(path -> path.getFileName().toString().compareTo(name) <= 0)
                .reduce((older, newer) -> newer);
    }

    private static String name(long first) {
        return "audit-%018d.jsonl".formatted(first);
    }

    /** Opens the file that begins with an entry, to be written at its end; makes it if it is not there. */
    RandomAccessFile open(long first) throws IOException {
        Path path = directory.resolve(name(first));
        return Files.exists(path) ? open(path) : create(path);
    }

    /** Opens a file, to be written at its end. Not as a channel, which would be closed when its thread is interrupted. */
    static RandomAccessFile open(Path path) throws IOException {
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        file.seek(file.length());
        return file;
    }

    /** Keeps bytes that are no entry, apart from the log. */
    Path putAside(long next, byte[] bytes) throws IOException {
        Path path = directory.resolve("torn-%018d".formatted(next));
        for (int copy = 1; Files.exists(path); copy++) {
            path = directory.resolve("torn-%018d.%d".formatted(next, copy));
        }
        try (RandomAccessFile file = create(path)) {
            file.write(bytes);
            file.getFD().sync();
        }
        return path;
    }

    private RandomAccessFile create(Path path) throws IOException {
        Files.createFile(path, FILE_MODE);
        forceFolder();
        return open(path);
    }

    private void forceFolder() throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
