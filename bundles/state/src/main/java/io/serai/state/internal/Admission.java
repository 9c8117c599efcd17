package io.serai.state.internal;

import io.serai.api.state.Change;
import io.serai.api.state.ChangeValidator;
import io.serai.api.state.Content;
import io.serai.api.state.ContentValidator;
import io.serai.api.state.Snapshot;
import io.serai.api.state.StateException;
import io.serai.api.state.StatePath;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Asks the layout of the tree and the validators whether a change may be made, and collects everything they refuse.
 *
 * @param ofFiles asked about each file by itself
 * @param ofChanges asked about a change as a whole, once its files are right
 */
record Admission(List<ContentValidator> ofFiles, List<ChangeValidator> ofChanges) {

    /**
     * Checks a change.
     *
     * @param targets the files it puts, and without content those it removes
     */
    void check(Snapshot before, Map<StatePath, Optional<Content>> targets) throws StateException {
        Map<StatePath, String> problems = new ConcurrentSkipListMap<>();
        // by all processors: the files of a batch are read one by one, and nobody has anything else to do before they
        // are
        targets.entrySet().parallelStream()
                .forEach(target -> target.getValue().ifPresent(put -> check(target.getKey(), put, problems)));
        refuse(problems);
        for (ChangeValidator validator : ofChanges) {
            try {
                validator.validate(before, targets);
            } catch (StateException e) {
                if (e.paths().isEmpty()) {
                    throw e;
                }
                e.paths().forEach((path, problem) -> problems.merge(path, problem, Admission::both));
            }
        }
        refuse(problems);
    }

    /** Returns the targets of a change whose contents are not in the repository. */
    static Map<StatePath, Optional<Content>> targets(Change change) {
        Map<StatePath, Optional<Content>> targets = new HashMap<>();
        change.puts().forEach((path, content) -> targets.put(path, Optional.of(content)));
        change.removals().forEach(path -> targets.put(path, Optional.empty()));
        return targets;
    }

    /** Returns how many bytes a change puts. */
    static long size(Change change) throws IOException {
        long size = 0;
        for (Content content : change.puts().values()) {
            size += content.size();
        }
        return size;
    }

    private void check(StatePath path, Content content, Map<StatePath, String> problems) {
        TreeLayout.problem(path)
                .ifPresentOrElse(problem -> problems.put(path, problem), () -> validate(path, content, problems));
    }

    private void validate(StatePath path, Content content, Map<StatePath, String> problems) {
        StatePath relative = TreeLayout.relative(path);
        for (ContentValidator validator : ofFiles) {
            try {
                if (validator.handles(relative)) {
                    validator.validate(relative, content);
                }
            } catch (StateException e) {
                problems.merge(path, String.valueOf(e.getMessage()), Admission::both);
            }
        }
    }

    private static void refuse(Map<StatePath, String> problems) throws StateException {
        if (!problems.isEmpty()) {
            throw StateRefusals.invalid(problems);
        }
    }

    private static String both(String first, String second) {
        return first + "; " + second;
    }
}
