package io.serai.state.internal.merge;

import io.serai.api.state.CommitId;
import java.time.Instant;
import java.util.Comparator;

/**
 * A commit that changed a file, or removed it. The greater one wins a conflict: the later one by its author's clock, and of
 * two of one second the one with the greater id, so that all nodes decide alike.
 *
 * @param time when its author made it, in whole seconds
 */
public record Touch(CommitId commit, Instant time) implements Comparable<Touch> {
    private static final Comparator<Touch> ORDER = Comparator.comparing(Touch::time)
            .thenComparing(touch -> touch.commit().value());

    @Override
    public int compareTo(Touch other) {
        return ORDER.compare(this, other);
    }
}
