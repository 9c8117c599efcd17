package io.serai.state.internal;

import io.serai.api.state.Content;
import io.serai.api.state.ContentValidator;
import io.serai.api.state.StateException;
import io.serai.api.state.StatePath;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Asks the layout of the tree and the validators whether a change may be made, and collects everything they refuse. */
final class Admission {
    private Admission() {}

    static void check(Map<StatePath, Content> puts, List<ContentValidator> validators) throws StateException {
        Map<StatePath, String> problems = new TreeMap<>();
        for (Map.Entry<StatePath, Content> put : puts.entrySet()) {
            StatePath path = put.getKey();
            TreeLayout.problem(path)
                    .ifPresentOrElse(
                            problem -> problems.put(path, problem),
                            () -> validate(path, put.getValue(), validators, problems));
        }
        if (!problems.isEmpty()) {
            throw StateRefusals.invalid(problems);
        }
    }

    private static void validate(
            StatePath path, Content content, List<ContentValidator> validators, Map<StatePath, String> problems) {
        StatePath relative = TreeLayout.relative(path);
        for (ContentValidator validator : validators) {
            try {
                if (validator.handles(relative)) {
                    validator.validate(relative, content);
                }
            } catch (StateException e) {
                problems.merge(path, String.valueOf(e.getMessage()), (first, second) -> first + "; " + second);
            }
        }
    }
}
