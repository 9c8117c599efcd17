package io.serai.deployer.internal.folder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.serai.api.state.BlobId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the folder and the state had in common when they were last the same: it tells which of the two has changed since.
 *
 * @param folder the identity of the folder, which is also in the folder itself
 * @param files the content of each file
 */
record FolderRecord(String folder, Map<String, BlobId> files) {
    private static final int FORMAT = 1;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    FolderRecord {
        files = Collections.unmodifiableMap(new TreeMap<>(files));
    }

    static FolderRecord empty() {
        return new FolderRecord("", Map.of());
    }

    /**
     * Reads the record; an empty one if there is none.
     *
     * @throws IOException if it cannot be read, or makes no sense
     */
    static FolderRecord read(Path file) throws IOException {
        JsonNode root;
        try {
            root = MAPPER.readTree(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return empty();
        }
        if (root.path("version").asInt() != FORMAT) {
            throw new IOException(
                    file + " has version " + root.path("version").asText() + "; only version " + FORMAT + " is known");
        }
        Map<String, BlobId> files = new TreeMap<>();
        try {
            for (Map.Entry<String, JsonNode> each : root.path("files").properties()) {
                files.put(each.getKey(), new BlobId(each.getValue().asText()));
            }
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " is damaged: " + e.getMessage(), e);
        }
        return new FolderRecord(root.path("folder").asText(), files);
    }

    /** Writes the record so that after a crash the file has either the old or the new one. */
    void write(Path file) throws IOException {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("version", FORMAT);
        root.put("folder", folder);
        ObjectNode entries = root.putObject("files");
        files.forEach((name, blob) -> entries.put(name, blob.value()));
        Path temporary = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = ByteBuffer.wrap(MAPPER.writeValueAsBytes(root));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
