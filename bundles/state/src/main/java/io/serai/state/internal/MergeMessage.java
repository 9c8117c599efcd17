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

/**
 * The message of a merge, which lists what it put aside. As it is part of the history, all nodes know of a conflict, and
 * no list of them has to be kept anywhere else.
 */
final class MergeMessage {
    private static final Pattern CONFLICT =
            Pattern.compile("(?m)^Conflict: (.+) won=([0-9a-f]{40}) lost=([0-9a-f]{40})$");

    private MergeMessage() {}

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
            message.append("Conflict: ")
                    .append(conflict.path())
                    .append(" won=")
                    .append(conflict.won().commit())
                    .append(" lost=")
                    .append(conflict.lost().commit())
                    .append('\n');
        }
        return message.toString();
    }

    /** Returns what a merge put aside. */
    static List<MergeConflict> conflicts(CommitId merge, String message) {
        List<MergeConflict> conflicts = new ArrayList<>();
        Matcher line = CONFLICT.matcher(message);
        while (line.find()) {
            conflicts.add(new MergeConflict(
                    merge, new StatePath(line.group(1)), new CommitId(line.group(2)), new CommitId(line.group(3))));
        }
        return conflicts;
    }
}
