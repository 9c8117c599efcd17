package io.serai.access.internal.limit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What this node has counted for quotas, by the keys that the map of the cluster has it under, for when no node has run. */
final class UsageFile {
    private static final Logger LOG = LoggerFactory.getLogger(UsageFile.class);

    private final Path file;

    UsageFile(Path file) {
        this.file = file;
    }

    /** Returns what was written last; nothing if there is no file, or it cannot be read. */
    Map<String, String> read() {
        Map<String, String> messages = new TreeMap<>();
        try {
            for (String line : Files.readAllLines(file)) {
                int blank = line.indexOf(' ');
                if (blank > 0) {
                    messages.put(line.substring(0, blank), line.substring(blank + 1));
                }
            }
        } catch (NoSuchFileException e) {
            return Map.of(); // nothing was counted yet
        } catch (IOException e) {
            LOG.warn("Quotas begin anew where no other node knows them, as they were not read: file={}", file, e);
        }
        return messages;
    }

    /** Replaces all of it in one step. */
    void write(Map<String, String> messages) {
        List<String> lines = new ArrayList<>();
        messages.forEach((key, message) -> lines.add(key + ' ' + message));
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(fresh, lines);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warn("Quotas are not kept for when no node runs: file={}, cause={}", file, e.toString());
        }
    }
}
