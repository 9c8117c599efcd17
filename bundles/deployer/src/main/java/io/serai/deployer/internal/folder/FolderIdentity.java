package io.serai.deployer.internal.folder;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.UUID;

/**
 * The file that tells the folder from an empty one in its place: an unmounted volume, or a folder that was deleted as a
 * whole. What is missing in such a folder has not been removed by anybody.
 */
final class FolderIdentity {
    private static final String NAME = ".serai-folder";

    private FolderIdentity() {}

    /** Returns the identity of a folder; an empty string if it has none. */
    static String read(Path folder) throws IOException {
        try {
            return Files.readString(folder.resolve(NAME)).trim();
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    /** Gives a folder an identity, which is new. */
    static String give(Path folder) throws IOException {
        String identity = UUID.randomUUID().toString();
        Files.write(folder.resolve(NAME), (identity + "\n").getBytes(StandardCharsets.US_ASCII));
        return identity;
    }
}
