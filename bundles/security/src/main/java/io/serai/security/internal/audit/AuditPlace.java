package io.serai.security.internal.audit;

import io.serai.api.object.ObjectException;
import io.serai.api.security.AuditLog.Entry;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;

/**
 * Where an entry is among those of all nodes: the newest first; what has one time in the order of nodes, and each node's by its
 * number.
 *
 * @param time when it was recorded
 * @param node where
 * @param number its number there
 */
record AuditPlace(Instant time, String node, long number) implements Comparable<AuditPlace> {
    private static final Comparator<AuditPlace> ORDER = Comparator.comparing(AuditPlace::time)
            .reversed()
            .thenComparing(AuditPlace::node)
            .thenComparing(AuditPlace::number, Comparator.reverseOrder());

    static AuditPlace of(Entry entry) {
        return new AuditPlace(entry.time(), entry.node(), entry.number());
    }

    /** Reads what {@link #cursor} wrote. */
    static AuditPlace read(String cursor) throws ObjectException {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split(" ", 3);
            return new AuditPlace(Instant.parse(parts[0]), parts[2], Long.parseLong(parts[1]));
        } catch (IllegalArgumentException | DateTimeException | ArrayIndexOutOfBoundsException e) {
            throw AuditFilter.invalid(
                    "The cursor is none that a list has given; ask for the list from its beginning", e);
        }
    }

    String cursor() {
        byte[] text = (time + " " + number + " " + node).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
    }

    /** Returns what the entry is called. */
    String name() {
        return node + "-" + number;
    }

    @Override
    public int compareTo(AuditPlace other) {
        return ORDER.compare(this, other);
    }
}
