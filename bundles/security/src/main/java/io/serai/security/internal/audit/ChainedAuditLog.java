package io.serai.security.internal.audit;

import io.serai.api.security.AuditLog;
import io.serai.security.internal.SecurityConfig;
import io.serai.security.internal.SecuritySettings;
import io.serai.security.internal.SecuritySettings.AuditFolder;
import io.serai.security.internal.audit.AuditWriter.Timed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the record in files, each entry with the hash of the one before, and tells the logger {@code audit} as well. What many
 * threads record at one time is forced to the disk once.
 *
 * <p>If the disk takes nothing, the node goes on: then it takes no change either, an ERROR is logged, the logger has the event,
 * and the next entry that can be written says how many are missing.
 */
@Component(
        service = AuditLog.class,
        configurationPid = SecuritySettings.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class ChainedAuditLog implements AuditLog {
    private static final Logger LOG = LoggerFactory.getLogger(ChainedAuditLog.class);
    private static final Logger AUDIT = LoggerFactory.getLogger("audit");

    private final Clock clock;
    private final AuditReading reading;
    private final ReentrantLock writing = new ReentrantLock(true);
    private final AuditWriter writer; // guarded by writing
    private final Object lock = new Object();
    private List<Waiting> queue = new ArrayList<>(); // guarded by lock

    /** An event that is to be written; its result is guarded by {@link #writing}. */
    private static final class Waiting {
        private final Timed timed;
        private boolean done;
        private @Nullable AuditLine line;

        Waiting(Timed timed) {
            this.timed = timed;
        }
    }

    /** Touches no file yet. */
    @Activate
    public ChainedAuditLog(SecurityConfig config) {
        this(SecuritySettings.of(config).audit(), SecuritySettings.of(config).node(), Clock.systemUTC());
    }

    /** Makes a log of a node. */
    public ChainedAuditLog(AuditFolder folder, String node, Clock clock) {
        AuditFiles files = new AuditFiles(folder.directory());
        this.clock = clock;
        this.reading = new AuditReading(files);
        this.writer = new AuditWriter(files, node, folder.fileBytes());
    }

    /** Closes the file. */
    @Deactivate
    public void close() {
        writing.lock();
        try {
            writer.close();
        } finally {
            writing.unlock();
        }
    }

    @Override
    public void record(Event event) {
        Waiting mine = new Waiting(new Timed(clock.instant(), event));
        synchronized (lock) {
            queue.add(mine);
        }
        AuditLine line;
        writing.lock();
        try {
            if (!mine.done) { // else another thread has written it together with its own
                writeQueue();
            }
            line = mine.line;
        } finally {
            writing.unlock();
        }
        tell(event, line);
    }

    private void writeQueue() {
        List<Waiting> batch;
        synchronized (lock) {
            batch = queue;
            queue = new ArrayList<>();
        }
        batch.forEach(each -> each.done = true);
        try {
            List<AuditLine> lines =
                    writer.append(batch.stream().map(each -> each.timed).toList());
            for (int at = 0; at < lines.size(); at++) {
                batch.get(at).line = lines.get(at);
            }
        } catch (IOException e) {
            LOG.error(
                    "Could not write to the audit log, whose next entry will say so; make room, and let the node write there:"
                            + " events={}, cause={}",
                    batch.size(),
                    e.getMessage());
        }
    }

    private static void tell(Event event, @Nullable AuditLine line) {
        String outcome =
                switch (event.outcome()) {
                    case DONE -> "Done";
                    case REFUSED -> "Refused";
                    case FAILED -> "Failed";
                };
        Object[] fields = {
            outcome,
            printable(event.action()),
            printable(event.object()),
            printable(event.user()),
            printable(event.from()),
            printable(event.face()),
            printable(event.detail()),
            line == null ? "none" : line.entry().number(),
            line == null ? "none" : line.entry().hash()
        };
        String form = "{}: action={}, object={}, user={}, from={}, face={}, detail={}, number={}, hash={}";
        if (event.outcome() == Outcome.DONE) {
            AUDIT.info(form, fields);
        } else {
            AUDIT.warn(form, fields);
        }
    }

    /** Takes out what could pretend to be another line or field of the log. */
    private static String printable(String text) {
        String shown = text.length() > 200 ? text.substring(0, 200) + "..." : text;
        return shown.replaceAll("[^\\p{Print}\\p{L}\\p{N}]", "?");
    }

    @Override
    public List<Entry> search(Query query) {
        try {
            return reading.search(query);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the audit log: " + e.getMessage(), e);
        }
    }

    @Override
    public Optional<Entry> find(long number) {
        try {
            return reading.find(number);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the audit log: " + e.getMessage(), e);
        }
    }

    @Override
    public Optional<Long> verify() {
        try {
            long last;
            writing.lock();
            try {
                last = writer.last();
            } finally {
                writing.unlock();
            }
            return reading.verify(last);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the audit log: " + e.getMessage(), e);
        }
    }
}
