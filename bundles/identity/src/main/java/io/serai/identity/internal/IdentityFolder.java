package io.serai.identity.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The files that a node proves itself with. Only its user reads them, and a crash leaves the old text or the new one. */
final class IdentityFolder {
    static final String NODE_ID = "node.id";
    static final String NODE_KEY = "node.key";
    /** The key of a certificate that is about to be replaced; it becomes {@link #NODE_KEY} after the certificate is there. */
    static final String NEXT_KEY = "node.key.next";
    /** Is written last: without it a node has not been set up. */
    static final String NODE_CERTIFICATE = "node.crt";

    static final String AUTHORITY_KEY = "authority.key";
    static final String AUTHORITY_CERTIFICATE = "authority.crt";
    static final String MEMBERS = "members.json";
    static final String JOIN_TOKEN = "join-token";
    /** What this node asks the cluster with, so that it can ask again with the same key if the answer was lost. */
    static final String JOIN_REQUEST = "join-request";
    /** Why the cluster did not let this node in, so that it does not found one of its own when it is started again. */
    static final String JOIN_REFUSED = "join-refused";

    private static final String TEMPORARY = ".tmp";
    private static final Set<PosixFilePermission> FOLDER_MODE = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE_MODE = PosixFilePermissions.fromString("rw-------");
    private static final FileAttribute<Set<PosixFilePermission>> FILE_ATTRIBUTE =
            PosixFilePermissions.asFileAttribute(FILE_MODE);
    private static final Set<StandardOpenOption> NEW_FILE =
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    private final Path directory;

    private IdentityFolder(Path directory) {
        this.directory = directory;
    }

    /** Opens the folder; makes it if it is not there, and closes it to others if it is open to them. */
    static IdentityFolder open(Path directory) throws IOException {
        Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(FOLDER_MODE));
        restrict(directory, FOLDER_MODE);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                if (file.toString().endsWith(TEMPORARY)) {
                    Files.delete(file); // a crash left it
                } else {
                    restrict(file, FILE_MODE);
                }
            }
        }
        return new IdentityFolder(directory);
    }

    Path path() {
        return directory;
    }

    boolean has(String name) {
        return Files.exists(directory.resolve(name));
    }

    Optional<String> read(String name) throws IOException {
        try {
            return Optional.of(Files.readString(directory.resolve(name)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Returns what a file has that a node cannot be without. */
    String require(String name) throws IOException {
        return read(name)
                .orElseThrow(() -> new IOException("Cannot load the identity of this node: " + directory.resolve(name)
                        + " is missing; restore the folder from a copy, or delete it and join with a new token"));
    }

    void write(String name, String text) throws IOException {
        write(Map.of(name, text));
    }

    /** Writes files, which are durable on return, in any order. */
    void write(Map<String, String> texts) throws IOException {
        for (Map.Entry<String, String> text : texts.entrySet()) {
            Path temporary = directory.resolve(text.getKey() + TEMPORARY);
            Files.deleteIfExists(temporary);
            try (FileChannel channel = FileChannel.open(temporary, NEW_FILE, FILE_ATTRIBUTE)) {
                ByteBuffer bytes = StandardCharsets.UTF_8.encode(text.getValue());
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
        }
        for (String name : texts.keySet()) {
            move(name + TEMPORARY, name);
        }
        force();
    }

    void rename(String from, String to) throws IOException {
        move(from, to);
        force();
    }

    void delete(String name) throws IOException {
        if (Files.deleteIfExists(directory.resolve(name))) {
            force();
        }
    }

    private void move(String from, String to) throws IOException {
        Files.move(directory.resolve(from), directory.resolve(to), StandardCopyOption.ATOMIC_MOVE);
    }

    private void force() throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void restrict(Path path, Set<PosixFilePermission> mode) throws IOException {
        if (!Files.getPosixFilePermissions(path).equals(mode)) {
            Files.setPosixFilePermissions(path, mode);
        }
    }
}
