package io.serai.shell.internal;

import io.serai.api.security.AuditLog;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what is recorded, for a test to look at. */
final class KeptAudit implements AuditLog {
    /** What was recorded, the oldest first. */
    final List<Event> events = new CopyOnWriteArrayList<>();

    @Override
    public void record(Event event) {
        events.add(event);
    }

    @Override
    public List<Entry> search(Query query) {
        return List.of();
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
