package io.serai.admin.internal.git;

import io.serai.api.security.AuditLog;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what is recorded, for a test to look at. */
public final class KeptAudit implements AuditLog {
    private final List<Event> events = new CopyOnWriteArrayList<>();

    /** Returns what was recorded, the oldest first. */
    public List<Event> events() {
        return events;
    }

    @Override
    public void record(Event event) {
        events.add(event);
    }

    @Override
    public List<Entry> search(Query query) {
        throw new UnsupportedOperationException("Nobody searches here");
    }

    @Override
    public Optional<Entry> find(long number) {
        return Optional.empty();
    }

    @Override
    public Optional<Long> verify() {
        return Optional.empty();
    }
}
