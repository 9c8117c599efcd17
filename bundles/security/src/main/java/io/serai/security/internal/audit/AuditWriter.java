package io.serai.security.internal.audit;

import io.serai.api.security.AuditLog.Event;
import io.serai.api.security.AuditLog.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Adds entries to the newest file, and begins the next one when it is full. For one thread at a time. */
final class AuditWriter {
    private static final Logger LOG = LoggerFactory.getLogger(AuditWriter.class);

    private final AuditFiles files;
    private final String node;
    private final long fileBytes;
    private @Nullable RandomAccessFile file;
    private long size;
    private long next;
    private String previous = AuditLine.NOTHING;
    private int lost;

    /** An event, and when it was. */
    record Timed(Instant time, Event event) {}

    AuditWriter(AuditFiles files, String node, long fileBytes) {
        this.files = files;
        this.node = node;
        this.fileBytes = fileBytes;
    }

    /** Returns the number of the last entry; 0 if there is none. */
    long last() throws IOException {
        return file == null ? LogEnd.of(files).next() - 1 : next - 1;
    }

    /** Adds entries, which are on the disk on return. */
    List<AuditLine> append(List<Timed> events) throws IOException {
        try {
            RandomAccessFile open = file == null ? open(events.get(0).time()) : file;
            List<Timed> all = new ArrayList<>();
            if (lost > 0) {
                all.add(own(
                        events.get(0).time(), lost + " events before this one could not be written; the log has them"));
            }
            all.addAll(events);
            List<AuditLine> lines = write(open, all);
            lost = 0;
            return lines.subList(all.size() - events.size(), all.size());
        } catch (IOException e) {
            lost += events.size();
            close(); // what was written of it is put aside when it is opened again
            throw e;
        }
    }

    void close() {
        RandomAccessFile open = file;
        file = null;
        try {
            if (open != null) {
                open.close();
            }
        } catch (IOException e) {
            LOG.warn("The audit log could not be closed: cause={}", e.getMessage());
        }
    }

    private List<AuditLine> write(RandomAccessFile open, List<Timed> events) throws IOException {
        List<AuditLine> lines = new ArrayList<>();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String hash = previous;
        for (Timed each : events) {
            AuditLine line = AuditLine.of(next + lines.size(), node, each.time(), each.event(), hash);
            lines.add(line);
            hash = line.entry().hash();
            bytes.writeBytes(line.text().getBytes(StandardCharsets.US_ASCII));
            bytes.write('\n');
        }
        RandomAccessFile target = open;
        if (size > 0 && size + bytes.size() > fileBytes) {
            open.close();
            target = files.open(next);
            file = target;
            size = 0;
        }
        target.write(bytes.toByteArray());
        target.getFD().sync();
        size += bytes.size();
        next += lines.size();
        previous = hash;
        return lines;
    }

    private RandomAccessFile open(Instant now) throws IOException {
        files.makeFolder();
        LogEnd end = LogEnd.of(files);
        next = end.next();
        previous = end.hash();
        size = end.size();
        RandomAccessFile open =
                end.file().isPresent() ? AuditFiles.open(end.file().get()) : files.open(next);
        file = open;
        if (end.torn() > 0) {
            byte[] torn = new byte[(int) end.torn()];
            open.seek(size);
            open.readFully(torn);
            Path aside = files.putAside(next, torn);
            open.setLength(size);
            open.seek(size);
            open.getFD().sync();
            LOG.warn("Put aside the end of the audit log, which is no entry: file={}, bytes={}", aside, end.torn());
            write(
                    open,
                    List.of(own(
                            now,
                            end.torn() + " bytes at the end were no entry, as a crash leaves them; they are in "
                                    + aside.getFileName())));
        }
        return file == null ? open : file;
    }

    private static Timed own(Instant time, String detail) {
        return new Timed(time, new Event("", "local", "node", "audit", "audit", Outcome.FAILED, detail));
    }
}
