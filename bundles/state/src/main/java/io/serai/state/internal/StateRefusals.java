package io.serai.state.internal;

import io.serai.api.state.CommitId;
import io.serai.api.state.StateException;
import io.serai.api.state.StateException.Reason;
import io.serai.api.state.StatePath;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.jgit.errors.MissingObjectException;
import org.jspecify.annotations.Nullable;

/** Says which files made a change be refused. */
final class StateRefusals {
    // As many as fit a screen; the exception has them all.
    private static final int NAMED = 20;

    private StateRefusals() {}

    static StateException invalid(Map<StatePath, String> problems) {
        return refusal(Reason.INVALID, "The change was refused: ", problems);
    }

    static StateException conflict(Map<StatePath, String> problems) {
        return refusal(Reason.CONFLICT, "The change was refused, because others were faster: ", problems);
    }

    static StateException moved(CommitId head, CommitId commit) {
        return new StateException(
                Reason.CONFLICT,
                "The head cannot move to " + commit + ": that is not on top of " + head
                        + "; fetch the state, and make the change on top of it",
                null);
    }

    static StateException incomplete(CommitId commit, String object, @Nullable MissingObjectException cause) {
        return new StateException(
                Reason.NOT_FOUND,
                "Commit " + commit + " cannot be included: object " + object
                        + " of it is missing; fetch it again from a node that has it",
                cause);
    }

    private static StateException refusal(Reason reason, String what, Map<StatePath, String> problems) {
        String named = new TreeMap<>(problems)
                .entrySet().stream()
                        .limit(NAMED)
                        .map(problem -> problem.getKey() + ": " + problem.getValue())
                        .collect(Collectors.joining("; "));
        String rest = problems.size() > NAMED ? "; and " + (problems.size() - NAMED) + " more" : "";
        return new StateException(reason, what + named + rest, problems, null);
    }
}
