package io.serai.api.state;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * An entry of the history.
 *
 * @param commit its id
 * @param parents what it came after
 * @param author who made it
 * @param time when
 * @param message why; the first line is the summary
 */
public record Revision(CommitId commit, List<CommitId> parents, Author author, Instant time, String message) {
    /** Checks and copies. */
    public Revision {
        Objects.requireNonNull(commit, "commit");
        parents = List.copyOf(parents);
        Objects.requireNonNull(author, "author");
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(message, "message");
    }

    /** Returns how its author wants nodes to apply it. */
    public Pace pace() {
        return Pace.of(message);
    }
}
