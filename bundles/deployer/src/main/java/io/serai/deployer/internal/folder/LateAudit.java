package io.serai.deployer.internal.folder;

import io.serai.api.security.AuditLog;
import io.serai.api.security.AuditLog.Event;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps what is to be recorded until there is an audit log, which starts after the folder is looked at. Thread-safe. */
public final class LateAudit {
    private static final int MAX_WAITING = 1_000;

    private final Object lock = new Object();
    private final List<Event> waiting = new ArrayList<>(); // guarded by lock
    private @Nullable AuditLog log; // guarded by lock

    /** Records an event, now or later. */
    public void record(Event event) {
        AuditLog now;
        synchronized (lock) {
            now = log;
            if (now == null && waiting.size() < MAX_WAITING) {
                waiting.add(event);
            }
        }
        if (now != null) {
            now.record(event);
        }
    }

    /** Takes note that there is a log. */
    public void arrived(AuditLog arrived) {
        List<Event> late;
        synchronized (lock) {
            log = arrived;
            late = List.copyOf(waiting);
            waiting.clear();
        }
        late.forEach(arrived::record);
    }

    /** Takes note that a log is there no more. */
    public void left(AuditLog gone) {
        synchronized (lock) {
            if (gone.equals(log)) {
                log = null;
            }
        }
    }
}
