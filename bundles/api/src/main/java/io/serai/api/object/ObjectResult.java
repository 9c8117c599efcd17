package io.serai.api.object;

import io.serai.api.state.CommitId;
import io.serai.api.state.StatePath;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a change did, or would do.
 *
 * @param commit the head after it; the head before it if nothing changed, or it was a dry run
 * @param outcomes of each object that was put or removed, by its key
 * @param paths the files that changed, relative to their layer, whose verdicts tell how nodes apply it
 */
public record ObjectResult(CommitId commit, List<Outcome> outcomes, Set<StatePath> paths) {
    /** Copies the collections. */
    public ObjectResult {
        Objects.requireNonNull(commit, "commit");
        outcomes = List.copyOf(outcomes);
        paths = Set.copyOf(paths);
    }

    /**
     * What became of an object.
     *
     * @param key which
     * @param action what was done
     * @param differences in which fields it differs now; none for one that was created, deleted or is unchanged
     */
    public record Outcome(ObjectKey key, Action action, List<Difference> differences) {
        /** Copies the list. */
        public Outcome {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(action, "action");
            differences = List.copyOf(differences);
        }
    }

    /** What was done to an object. */
    public enum Action {
        /** It is new. */
        CREATED,
        /** It was there, and is different now. */
        CONFIGURED,
        /** It is what it was. */
        UNCHANGED,
        /** It is gone. */
        DELETED
    }

    /**
     * A field that is different.
     *
     * @param pointer where, as a JSON pointer from the object: {@code /spec/path}
     * @param before what it was; empty if it was not there
     * @param after what it is; empty if it is not there any more
     */
    public record Difference(String pointer, Optional<Object> before, Optional<Object> after) {
        /** Checks that all is there. */
        public Difference {
            Objects.requireNonNull(pointer, "pointer");
            Objects.requireNonNull(before, "before");
            Objects.requireNonNull(after, "after");
        }
    }
}
