package io.serai.state.internal;

import io.serai.api.state.CommitId;
import io.serai.api.state.MergeConflict;
import io.serai.api.state.StatePath;
import io.serai.state.internal.merge.HistoryMerge.Merged;
import io.serai.state.internal.merge.PathConflict;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The message of a merge, which lists what it put aside, and that of a commit which settles it. As it is part of the history, all nodes know of a conflict, and
 * no list of them has to be kept anywhere else.
 */
final class MergeMessage {
    private static final Logger LOG = LoggerFactory.getLogger(MergeMessage.class);
    private static final String SIDES = " (.+) won=([0-9a-f]{40}) lost=([0-9a-f]{40})$";
    private static final Pattern CONFLICT = Pattern.compile("(?m)^Conflict:" + SIDES);
    private static final Pattern RESOLVED = Pattern.compile("(?m)^Resolved:" + SIDES);

    private MergeMessage() {}

    /** The two sides of a conflict, which more than one merge may have brought together. */
    record Sides(StatePath path, CommitId won, CommitId lost) {
        static Sides of(MergeConflict conflict) {
            return new Sides(conflict.path(), conflict.won(), conflict.lost());
        }

        @Override
        public String toString() {
            return path + " won=" + won + " lost=" + lost;
        }
    }

    static String of(Merged merged) {
        StringBuilder message = new StringBuilder("Merge ")
                .append(merged.parents().get(0).shortValue())
                .append(" and ")
                .append(merged.parents().get(1).shortValue())
                .append('\n');
        if (!merged.conflicts().isEmpty()) {
            message.append('\n');
        }
        for (PathConflict conflict : merged.conflicts()) {
            Sides sides = new Sides(
                    conflict.path(), conflict.won().commit(), conflict.lost().commit());
            message.append("Conflict: ").append(sides).append('\n');
        }
        return message.toString();
    }

    /** Returns what a merge put aside. */
    static List<MergeConflict> conflicts(CommitId merge, String message) {
        return sides(CONFLICT, message).stream()
                .map(sides -> new MergeConflict(merge, sides.path(), sides.won(), sides.lost()))
                .toList();
    }

    /** Returns the line that tells that somebody has settled a conflict. */
    static String resolved(MergeConflict conflict) {
        return "Resolved: " + Sides.of(conflict) + "\n";
    }

    /** Returns what a commit settles. */
    static List<Sides> resolved(String message) {
        return sides(RESOLVED, message);
    }

    private static List<Sides> sides(Pattern pattern, String message) {
        List<Sides> found = new ArrayList<>();
        Matcher line = pattern.matcher(message);
        while (line.find()) {
            try {
                found.add(new Sides(
                        new StatePath(line.group(1)), new CommitId(line.group(2)), new CommitId(line.group(3))));
            } catch (IllegalArgumentException e) {
                LOG.debug("Passed over a line of a commit message that only looks like ours: line={}", line.group(), e);
            }
        }
        return found;
    }
}
