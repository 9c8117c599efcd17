package io.serai.security.internal.audit;

import io.serai.security.internal.audit.BackwardLines.Line;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where the log goes on.
 *
 * @param file the newest file; empty if there is none
 * @param size how many of its bytes are entries
 * @param torn how many bytes come after them, which a crash left of a line
 * @param last the last entry of all; empty if there is none
 */
record LogEnd(Optional<Path> file, long size, long torn, Optional<AuditLine> last) {

    /** Looks for it. */
    static LogEnd of(AuditFiles files) throws IOException {
        List<Path> all = files.all();
        if (all.isEmpty()) {
            return new LogEnd(Optional.empty(), 0, 0, Optional.empty());
        }
        Path newest = all.get(all.size() - 1);
        LogEnd end = of(newest);
        for (int at = all.size() - 2; at >= 0 && end.last().isEmpty(); at--) {
            end = new LogEnd(
                    Optional.of(newest), end.size(), end.torn(), of(all.get(at)).last());
        }
        return end;
    }

    private static LogEnd of(Path file) throws IOException {
        long length = Files.size(file);
        try (BackwardLines lines = new BackwardLines(file)) {
            for (Optional<Line> line = lines.next(); line.isPresent(); line = lines.next()) {
                long end = line.get().offset() + line.get().text().length() + 1;
                Optional<AuditLine> entry = AuditLine.parse(line.get().text());
                if (entry.isPresent() && end <= length) {
                    return new LogEnd(Optional.of(file), end, length - end, entry);
                }
            }
        }
        return new LogEnd(Optional.of(file), 0, length, Optional.empty());
    }

    /** Returns the number of the entry to come. */
    long next() {
        return last.map(line -> line.entry().number() + 1).orElse(1L);
    }

    /** Returns the hash that the entry to come is bound to. */
    String hash() {
        return last.map(line -> line.entry().hash()).orElse(AuditLine.NOTHING);
    }
}
