package io.serai.security.internal.login;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a node keeps which sessions there are, a line each, for when no node has run. Nobody can make a token of it: those are
 * signed. Thread-safe.
 */
final class SessionFile {
    private static final Logger LOG = LoggerFactory.getLogger(SessionFile.class);

    private final Path file;

    SessionFile(Path file) {
        this.file = file;
    }

    /** Returns the lines; none if there is no file, or it cannot be read. */
    List<String> read() {
        try {
            return Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            LOG.warn("Sessions were not read, and have ended if no other node knows them: file={}", file, e);
            return List.of();
        }
    }

    /** Replaces all lines in one step. */
    synchronized void write(List<String> lines) {
        try {
            Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
            Path fresh = Files.createTempFile(
                    folder,
                    ".sessions",
                    ".tmp",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try {
                Files.write(fresh, lines);
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException e) {
            LOG.warn("Sessions were not written, and end when no node runs: file={}, cause={}", file, e.toString());
        }
    }
}
