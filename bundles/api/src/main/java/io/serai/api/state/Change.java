package io.serai.api.state;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What somebody wants to be different: files put and files removed, as one step.
 *
 * @param puts new or changed files, in the order of their paths
 * @param removals files to remove, in the order of their paths; none of them is in {@code puts}
 * @param author who wants it
 * @param message why; not blank
 * @param base the commit the author saw; empty to change what is there now, whatever it is
 */
public record Change(
        Map<StatePath, Content> puts, Set<StatePath> removals, Author author, String message, Optional<CommitId> base) {
    /** Checks and copies. */
    public Change {
        puts = Collections.unmodifiableSortedMap(new TreeMap<>(puts));
        removals = Collections.unmodifiableSortedSet(new TreeSet<>(removals));
        Objects.requireNonNull(author, "author");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(base, "base");
        if (message.isBlank()) {
            throw new IllegalArgumentException("A change needs a message that says what it is for");
        }
        for (StatePath path : removals) {
            if (puts.containsKey(path)) {
                throw new IllegalArgumentException("A change cannot both put and remove " + path);
            }
        }
    }

    /** Returns a change that puts and removes files, whatever is there now. */
    public static Change of(Map<StatePath, Content> puts, Set<StatePath> removals, Author author, String message) {
        return new Change(puts, removals, author, message, Optional.empty());
    }
}
