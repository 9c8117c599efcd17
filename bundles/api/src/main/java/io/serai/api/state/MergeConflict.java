package io.serai.api.state;

import java.util.Objects;

/**
 * A file that was changed in two ways while nodes did not see each other. The later change counts, and a change rather than
 * a removal; the other one is kept in the history.
 *
 * @param merge the commit that brought them together
 * @param path the file
 * @param won the commit whose change counts
 * @param lost the commit whose change was put aside; {@link StateRepository#at} has the file as it made it
 */
public record MergeConflict(CommitId merge, StatePath path, CommitId won, CommitId lost) {
    /** Checks that all is there. */
    public MergeConflict {
        Objects.requireNonNull(merge, "merge");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(won, "won");
        Objects.requireNonNull(lost, "lost");
    }
}
