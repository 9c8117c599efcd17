package io.serai.security.internal.audit;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.serai.api.security.AuditLog.Entry;
import io.serai.api.security.AuditLog.Event;
import io.serai.api.security.AuditLog.Outcome;
import io.serai.api.security.AuditLog.Query;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What nodes ask one another about their logs, in JSON. */
final class AuditWire {
    static final int VERSION = 1;

    // a node of a later version may say more
    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private AuditWire() {}

    /** What is asked. */
    enum Wish {
        /** The newest entries that a filter lets through. */
        SEARCH,
        /** The entry of a number. */
        FIND,
        /** Whether the log is what it was. */
        VERIFY
    }

    /**
     * A question.
     *
     * @param wish what is asked
     * @param number of the entry, for {@code FIND}
     * @param filter for {@code SEARCH}
     */
    record Ask(int version, Wish wish, long number, Filter filter) {}

    /** A {@link Query}; what is null does not matter. */
    record Filter(
            @Nullable String user,
            @Nullable String action,
            @Nullable String object,
            @Nullable Outcome outcome,
            @Nullable String since,
            @Nullable String until,
            int limit) {
        static final Filter NONE = new Filter(null, null, null, null, null, null, 1);

        static Filter of(Query query) {
            return new Filter(
                    query.user().orElse(null),
                    query.action().orElse(null),
                    query.object().orElse(null),
                    query.outcome().orElse(null),
                    query.since().map(Instant::toString).orElse(null),
                    query.until().map(Instant::toString).orElse(null),
                    query.limit());
        }

        Query query() {
            return new Query(
                    Optional.ofNullable(user),
                    Optional.ofNullable(action),
                    Optional.ofNullable(object),
                    Optional.ofNullable(outcome),
                    Optional.ofNullable(since).map(Instant::parse),
                    Optional.ofNullable(until).map(Instant::parse),
                    limit);
        }
    }

    /**
     * An answer.
     *
     * @param entries that were found, newest first
     * @param broken the number of the first entry that is not what it was; null if all are, or nobody asked
     */
    record Answer(int version, List<Item> entries, @Nullable Long broken) {
        static Answer of(List<Entry> entries) {
            return new Answer(VERSION, entries.stream().map(Item::of).toList(), null);
        }
    }

    /** An {@link Entry}. */
    record Item(long number, String node, String time, Event event, String hash) {
        static Item of(Entry entry) {
            return new Item(entry.number(), entry.node(), entry.time().toString(), entry.event(), entry.hash());
        }

        Entry entry() {
            return new Entry(number, node, Instant.parse(time), event, hash);
        }
    }

    static byte[] write(Object message) {
        try {
            return JSON.writeValueAsBytes(message);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Ask ask(byte[] json) {
        Ask ask = read(json, Ask.class);
        require(ask.version());
        return ask;
    }

    static Answer answer(byte[] json) {
        Answer answer = read(json, Answer.class);
        require(answer.version());
        return answer;
    }

    private static void require(int version) {
        if (version != VERSION) {
            throw new IllegalArgumentException("The message has version " + version + ", this node knows " + VERSION
                    + "; use the same version of Serai on all nodes");
        }
    }

    private static <T> T read(byte[] json, Class<T> type) {
        try {
            return JSON.readValue(json, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
