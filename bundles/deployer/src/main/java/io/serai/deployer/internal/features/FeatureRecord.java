package io.serai.deployer.internal.features;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.serai.api.state.StatePath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;

/**
 * What each artifact has Karaf's feature service hold, kept beside what that service itself keeps: features survive a
 * restart, so that what an artifact no longer wants can only be told by what it wanted before. For one thread.
 */
final class FeatureRecord {
    private static final int VERSION = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final Map<String, FeatureList> artifacts = new TreeMap<>();

    /** The file. */
    private record Document(int version, Map<String, FeatureList> artifacts) {}

    /** Reads the record; a missing one is empty. */
    FeatureRecord(Path file) throws IOException {
        this.file = file;
        if (Files.exists(file)) {
            Document document = JSON.readValue(Files.readAllBytes(file), Document.class);
            if (document.version() != VERSION) {
                throw new IOException(file + " has version " + document.version() + "; this node reads " + VERSION);
            }
            artifacts.putAll(document.artifacts());
        }
    }

    FeatureList get(StatePath path) {
        return artifacts.getOrDefault(path.value(), FeatureList.EMPTY);
    }

    /** Returns what is recorded, by path. */
    Map<String, FeatureList> all() {
        return Map.copyOf(artifacts);
    }

    /** Records what an artifact wants from now on; durable on return. */
    void put(StatePath path, FeatureList list) throws IOException {
        if (list.equals(FeatureList.EMPTY)) {
            artifacts.remove(path.value());
        } else {
            artifacts.put(path.value(), list);
        }
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        try (FileChannel channel = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(JSON.writeValueAsBytes(new Document(VERSION, artifacts))));
            channel.force(true);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
