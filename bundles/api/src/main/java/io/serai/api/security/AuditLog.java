package io.serai.api.security;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** What was done and what was refused, on this node: only added to, each entry bound to the one before by its hash. Thread-safe. */
@ProviderType
public interface AuditLog {

    /** Adds an entry; on the disk before this returns. */
    void record(Event event);

    /** Returns the entries that a query asks for, newest first. */
    List<Entry> search(Query query);

    /** Returns the entry of a number; empty if this node has none, or not any more. */
    Optional<Entry> find(long number);

    /**
     * Reads the whole log and checks every hash.
     *
     * @return the number of the first entry that is not what it was; empty if all are
     */
    Optional<Long> verify();

    /**
     * Something that was done or refused.
     *
     * @param user who; empty if that is not known
     * @param from the address it came from
     * @param face what it came through, as {@link Subject#face}
     * @param action the verb: {@code login}, {@code write}, {@code delete}, {@code invoke}, ...
     * @param object on what; may be empty
     * @param outcome how it ended
     * @param detail what more there is to say, without secrets; may be empty
     */
    record Event(String user, String from, String face, String action, String object, Outcome outcome, String detail) {
        /** Checks that all is there. */
        public Event {
            Objects.requireNonNull(user, "user");
            Objects.requireNonNull(from, "from");
            Objects.requireNonNull(face, "face");
            Objects.requireNonNull(action, "action");
            Objects.requireNonNull(object, "object");
            Objects.requireNonNull(outcome, "outcome");
            Objects.requireNonNull(detail, "detail");
        }

        /** Returns what somebody who is known did, or tried to. */
        public static Event of(Subject subject, String action, String object, Outcome outcome, String detail) {
            return new Event(subject.name(), subject.from(), subject.face(), action, object, outcome, detail);
        }
    }

    /** How something ended. */
    enum Outcome {
        /** It was done. */
        DONE,
        /** Who asked might not, or was not known. */
        REFUSED,
        /** It was permitted and did not succeed. */
        FAILED
    }

    /**
     * An event that was recorded.
     *
     * @param number counts from 1 on this node
     * @param node the node that has it
     * @param time when it was recorded
     * @param event what
     * @param hash SHA-256 of this entry and the hash of the one before, in hexadecimal digits
     */
    record Entry(long number, String node, Instant time, Event event, String hash) {}

    /**
     * Which entries; what is empty does not matter.
     *
     * @param user of this user
     * @param action with this verb
     * @param object whose object contains this text
     * @param outcome with this outcome
     * @param since not before
     * @param until before
     * @param limit at most so many, from 1
     */
    record Query(
            Optional<String> user,
            Optional<String> action,
            Optional<String> object,
            Optional<Outcome> outcome,
            Optional<Instant> since,
            Optional<Instant> until,
            int limit) {}
}
