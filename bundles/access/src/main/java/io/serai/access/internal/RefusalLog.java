package io.serai.access.internal;

import io.serai.api.security.AuditLog;
import io.serai.api.security.AuditLog.Event;
import io.serai.api.security.AuditLog.Outcome;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records who was refused, without letting those fill the disk: of an address the first refusal of a minute at once, and at the
 * end of the minute how many there were; of many addresses the first, and how many others there were. Thread-safe; writes on a
 * thread of its own.
 */
final class RefusalLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);
    private static final int MAX_ADDRESSES = 100;
    private static final long PERIOD_SECONDS = 60;

    private final AuditLog audit;
    private final ScheduledExecutorService executor;
    private final Object lock = new Object();
    private Map<String, Refusals> refusals = new LinkedHashMap<>(); // guarded by lock
    private long others; // guarded by lock

    private record Refusals(Event last, long more) {}

    RefusalLog(AuditLog audit, ScheduledExecutorService executor) {
        this.audit = audit;
        this.executor = executor;
        ScheduledFuture<?> unused =
                executor.scheduleAtFixedRate(this::sumUp, PERIOD_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
    }

    /** Notes a refusal. */
    void refused(String user, String from, String channel, String why) {
        Event event = new Event(user, from, "channel", "call", "rest-channel/" + channel, Outcome.REFUSED, why);
        synchronized (lock) {
            Refusals before = refusals.get(from);
            if (before != null) {
                refusals.put(from, new Refusals(event, before.more() + 1));
                return;
            }
            if (refusals.size() >= MAX_ADDRESSES) {
                others++;
                return;
            }
            refusals.put(from, new Refusals(event, 0));
        }
        executor.execute(() -> record(event));
    }

    /** Writes what has not been written, and begins anew. */
    void sumUp() {
        Map<String, Refusals> counted;
        long uncounted;
        synchronized (lock) {
            counted = refusals;
            uncounted = others;
            refusals = new LinkedHashMap<>();
            others = 0;
        }
        counted.values().stream().filter(each -> each.more() > 0).forEach(each -> {
            Event last = each.last();
            record(new Event(
                    last.user(),
                    last.from(),
                    last.face(),
                    last.action(),
                    last.object(),
                    last.outcome(),
                    each.more() + " more within a minute; the last: " + last.detail()));
        });
        if (uncounted > 0) {
            String detail = uncounted + " from more than " + MAX_ADDRESSES + " addresses within a minute";
            record(new Event("", "", "channel", "call", "rest-channel", Outcome.REFUSED, detail));
        }
    }

    private void record(Event event) {
        try {
            audit.record(event);
        } catch (RuntimeException e) {
            LOG.error("Refusal was not recorded: object={}, from={}", event.object(), event.from(), e);
        }
    }

    /** Writes what has not been written, and ends. */
    @Override
    public void close() {
        executor.shutdownNow();
        sumUp();
    }
}
