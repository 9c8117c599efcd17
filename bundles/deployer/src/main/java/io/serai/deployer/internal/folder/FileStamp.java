package io.serai.deployer.internal.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What tells without reading it that a file may have changed.
 *
 * @param regular whether it is a file, not a folder or something else
 * @param size its bytes
 * @param modified when it was written last
 * @param key which file it is: another one after a rename
 */
record FileStamp(boolean regular, long size, FileTime modified, @Nullable Object key) {

    /** Returns the stamp of a file as it is now; empty if there is none. */
    static Optional<FileStamp> of(Path file) throws IOException {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            return Optional.of(new FileStamp(now.isRegularFile(), now.size(), now.lastModifiedTime(), now.fileKey()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
