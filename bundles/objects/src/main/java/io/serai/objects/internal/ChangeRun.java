package io.serai.objects.internal;

import io.serai.api.object.ObjectChange;
import io.serai.api.object.ObjectDocument;
import io.serai.api.object.ObjectException;
import io.serai.api.object.ObjectException.Problem;
import io.serai.api.object.ObjectException.Reason;
import io.serai.api.object.ObjectKey;
import io.serai.api.object.ObjectKind;
import io.serai.api.object.ObjectResult;
import io.serai.api.object.ObjectResult.Action;
import io.serai.api.object.ObjectResult.Outcome;
import io.serai.api.security.AccessControl;
import io.serai.api.security.Subject;
import io.serai.api.state.Author;
import io.serai.api.state.Change;
import io.serai.api.state.CommitId;
import io.serai.api.state.Content;
import io.serai.api.state.Snapshot;
import io.serai.api.state.StateException;
import io.serai.api.state.StatePath;
import io.serai.api.state.StateRepository;
import io.serai.objects.internal.Planner.Plan;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes changes to objects one commit, and again if somebody was faster.
 *
 * @param state what is changed
 * @param kinds the kinds there are
 * @param planner works out what is to be changed
 * @param guard says whether one may, and records what was done
 */
record ChangeRun(StateRepository state, AllKinds kinds, Planner planner, Guard guard) {
    // Each attempt but the first means that somebody has changed the same object within milliseconds.
    private static final int ATTEMPTS = 5;

    /** Makes the change, and one entry in the audit log; none if nothing changes, or is to. */
    ObjectResult run(Subject subject, ObjectChange change) throws ObjectException {
        try {
            ObjectResult result = attempt(subject, change);
            List<Outcome> changed = changed(result.outcomes());
            if (!change.options().dryRun() && !changed.isEmpty()) {
                guard.done(subject, verb(changed), Guard.named(keys(changed)), detail(result, changed));
            }
            return result;
        } catch (ObjectException e) {
            if (!change.options().dryRun()) {
                List<ObjectKey> wanted = Stream.concat(
                                change.puts().stream().map(ObjectDocument::key), change.deletions().stream())
                        .sorted()
                        .toList();
                guard.failed(
                        subject,
                        change.puts().isEmpty() ? AccessControl.DELETE : AccessControl.WRITE,
                        Guard.named(wanted),
                        e);
            }
            throw e;
        }
    }

    private static String verb(List<Outcome> changed) {
        boolean gone = changed.stream().allMatch(outcome -> outcome.action() == Action.DELETED);
        return gone ? AccessControl.DELETE : AccessControl.WRITE;
    }

    private static List<ObjectKey> keys(List<Outcome> outcomes) {
        return outcomes.stream().map(Outcome::key).toList();
    }

    private static String detail(ObjectResult result, List<Outcome> changed) {
        Map<Action, Long> counts = changed.stream()
                .collect(Collectors.groupingBy(
                        Outcome::action, () -> new EnumMap<>(Action.class), Collectors.counting()));
        return "commit " + result.commit().value()
                + counts.entrySet().stream()
                        .map(count -> ", " + count.getValue() + " "
                                + count.getKey().name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining());
    }

    private static List<Outcome> changed(List<Outcome> outcomes) {
        return outcomes.stream()
                .filter(outcome -> outcome.action() != Action.UNCHANGED)
                .toList();
    }

    private ObjectResult attempt(Subject subject, ObjectChange change) throws ObjectException {
        for (ObjectDocument put : change.puts()) {
            require(subject, AccessControl.WRITE, put.key());
        }
        for (ObjectKey key : change.deletions()) {
            require(subject, AccessControl.DELETE, key);
        }
        for (int attempt = 1; ; attempt++) {
            Plan plan = planner.plan(change, state.head());
            requireDeletions(subject, plan.outcomes());
            Set<StatePath> paths = paths(plan.outcomes());
            if (paths.isEmpty()) {
                return new ObjectResult(plan.before().commit(), plan.outcomes(), paths);
            }
            try {
                Change wanted = change(subject, change, plan);
                guard.requireHeld(subject, targets(wanted));
                if (change.options().dryRun()) {
                    state.check(wanted);
                    return new ObjectResult(plan.before().commit(), plan.outcomes(), paths);
                }
                return new ObjectResult(state.commit(wanted), plan.outcomes(), paths);
            } catch (StateException e) {
                boolean overtaken = e.reason() == StateException.Reason.CONFLICT;
                if (!overtaken || attempt == ATTEMPTS) {
                    throw refusal(e);
                }
            }
        }
    }

    /** Demands the right to remove also what goes along with what is named. */
    private void requireDeletions(Subject subject, List<Outcome> outcomes) throws ObjectException {
        for (Outcome outcome : outcomes) {
            if (outcome.action() == Action.DELETED) {
                require(subject, AccessControl.DELETE, outcome.key());
            }
        }
    }

    private void require(Subject subject, String verb, ObjectKey key) throws ObjectException {
        guard.require(subject, verb, key.kind(), key.name());
    }

    private Set<StatePath> paths(List<Outcome> outcomes) throws ObjectException {
        Set<StatePath> paths = new HashSet<>();
        for (Outcome outcome : outcomes) {
            if (outcome.action() != Action.UNCHANGED) {
                paths.add(
                        ObjectPaths.relative(kind(outcome.key()), outcome.key().name()));
            }
        }
        return paths;
    }

    private Change change(Subject subject, ObjectChange change, Plan plan) throws ObjectException {
        Map<StatePath, Content> puts = new TreeMap<>();
        for (Map.Entry<ObjectKey, Content> put : plan.contents().entrySet()) {
            puts.put(ObjectPaths.absolute(kind(put.getKey()), put.getKey()), put.getValue());
        }
        Set<StatePath> removals = new HashSet<>();
        for (Outcome outcome : plan.outcomes()) {
            if (outcome.action() == Action.DELETED) {
                removals.add(ObjectPaths.absolute(kind(outcome.key()), outcome.key()));
            }
        }
        String message = change.message().isBlank() ? summary(plan.outcomes()) : change.message();
        Author author = new Author(subject.name(), subject.face());
        Optional<CommitId> base = Optional.of(plan.before().commit());
        return new Change(puts, removals, author, change.options().pace().in(message), base);
    }

    private static Map<StatePath, Optional<Content>> targets(Change change) {
        Map<StatePath, Optional<Content>> targets = new TreeMap<>();
        change.puts().forEach((path, content) -> targets.put(path, Optional.of(content)));
        change.removals().forEach(path -> targets.put(path, Optional.empty()));
        return targets;
    }

    private ObjectKind kind(ObjectKey key) throws ObjectException {
        return kinds.get(key.kind());
    }

    private static String summary(List<Outcome> outcomes) {
        List<Outcome> changed = changed(outcomes);
        Outcome first = changed.get(0);
        String action = first.action().name();
        String what = action.charAt(0) + action.substring(1).toLowerCase(Locale.ROOT) + " " + first.key();
        return changed.size() == 1 ? what : what + " and " + (changed.size() - 1) + " more";
    }

    private ObjectException refusal(StateException refused) throws ObjectException {
        Snapshot head = state.head();
        List<Problem> problems = refused.paths().entrySet().stream()
                .map(problem -> new Problem(
                        planner.key(head, problem.getKey())
                                .map(ObjectKey::toString)
                                .orElse(problem.getKey().value()),
                        "",
                        problem.getValue()))
                .toList();
        Reason reason = ObjectException.of(refused).reason();
        return new ObjectException(reason, String.valueOf(refused.getMessage()), problems, refused);
    }
}
