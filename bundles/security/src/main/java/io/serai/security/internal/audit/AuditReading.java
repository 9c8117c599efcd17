package io.serai.security.internal.audit;

import io.serai.api.security.AuditLog.Entry;
import io.serai.api.security.AuditLog.Query;
import io.serai.security.internal.audit.BackwardLines.Line;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks through the files of the log. */
final class AuditReading {
    private static final int MAX_FOUND = 10_000;
    /** Entries are in the order of their times, unless the clock was put back; by more than this is not looked for. */
    private static final Duration CLOCK_STEP = Duration.ofDays(1);

    private final AuditFiles files;

    AuditReading(AuditFiles files) {
        this.files = files;
    }

    /** Returns the entries that a query asks for, newest first. */
    List<Entry> search(Query query) throws IOException {
        List<Entry> found = new ArrayList<>();
        int limit = Math.min(query.limit(), MAX_FOUND);
        List<Path> all = files.all();
        for (int at = all.size() - 1; at >= 0; at--) {
            if (search(all.get(at), query, limit, found)) {
                break;
            }
        }
        return found;
    }

    /** Returns the entry of a number, which is in the last file that does not begin after it. */
    Optional<Entry> find(long number) throws IOException {
        Optional<Path> file = files.before(number);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try (BackwardLines lines = new BackwardLines(file.get())) {
            for (Optional<Line> line = lines.next(); line.isPresent(); line = lines.next()) {
                Optional<Entry> entry = AuditLine.parse(line.get().text()).map(AuditLine::entry);
                if (entry.filter(each -> each.number() == number).isPresent()) {
                    return entry;
                }
            }
        }
        return Optional.empty();
    }

    /** Returns whether there is no need to look further. */
    private static boolean search(Path file, Query query, int limit, List<Entry> found) throws IOException {
        try (BackwardLines lines = new BackwardLines(file)) {
            for (Optional<Line> line = lines.next(); line.isPresent(); line = lines.next()) {
                Optional<Entry> entry = AuditLine.parse(line.get().text()).map(AuditLine::entry);
                if (entry.isPresent() && matches(query, entry.get())) {
                    found.add(entry.get());
                }
                if (found.size() >= limit || (entry.isPresent() && isBefore(query, entry.get()))) {
                    return true;
                }
            }
            return false;
        }
    }

    private static boolean isBefore(Query query, Entry entry) {
        return query.since()
                .filter(since -> entry.time().isBefore(since.minus(CLOCK_STEP)))
                .isPresent();
    }

    private static boolean matches(Query query, Entry entry) {
        return query.user().filter(user -> !user.equals(entry.event().user())).isEmpty()
                && query.action()
                        .filter(action -> !action.equals(entry.event().action()))
                        .isEmpty()
                && query.object()
                        .filter(object -> !entry.event().object().contains(object))
                        .isEmpty()
                && query.outcome()
                        .filter(outcome -> outcome != entry.event().outcome())
                        .isEmpty()
                && query.since().filter(since -> entry.time().isBefore(since)).isEmpty()
                && query.until().filter(until -> !entry.time().isBefore(until)).isEmpty();
    }

    /**
     * Checks the hashes of all entries.
     *
     * @param last the number of the last one
     * @return the number of the first that is not what it was, or not there
     */
    Optional<Long> verify(long last) throws IOException {
        long expected = 0; // the log begins with the oldest file that was not moved away
        String previous = "";
        for (Path file : files.all()) {
            try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
                for (String line = line(in); !line.isEmpty() && expected <= last; line = line(in)) {
                    Optional<AuditLine> read = AuditLine.parse(line);
                    if (expected == 0) {
                        expected = read.map(first -> first.entry().number()).orElse(1L);
                        previous = read.filter(first -> first.entry().number() > 1)
                                .map(AuditLine::previous)
                                .orElse(AuditLine.NOTHING);
                    }
                    if (read.isEmpty()
                            || read.get().entry().number() != expected
                            || !read.get().previous().equals(previous)) {
                        return Optional.of(expected);
                    }
                    previous = read.get().entry().hash();
                    expected++;
                }
            }
        }
        return expected > last
                ? Optional.empty()
                : Optional.of(Math.max(1, expected)).filter(missing -> last > 0);
    }

    /** Returns a line; empty at the end. */
    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (next == '\n') {
                return line.isEmpty() ? "\n" : line.toString();
            }
            line.append((char) next);
        }
        return line.toString();
    }
}
