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
import io.serai.api.security.AccessException;
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
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Makes changes to objects one commit, and again if somebody was faster.
 *
 * @param state what is changed
 * @param kinds the kinds there are
 * @param planner works out what is to be changed
 * @param access says whether one may
 */
record ChangeRun(StateRepository state, AllKinds kinds, Planner planner, AccessControl access) {
    // Each attempt but the first means that somebody has changed the same object within milliseconds.
    private static final int ATTEMPTS = 5;

    ObjectResult run(Subject subject, ObjectChange change) throws ObjectException {
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
        try {
            access.require(subject, verb, key.kind(), key.name());
        } catch (AccessException e) {
            throw new ObjectException(Reason.FORBIDDEN, String.valueOf(e.getMessage()), e);
        }
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

    private ObjectKind kind(ObjectKey key) throws ObjectException {
        return kinds.get(key.kind());
    }

    private static String summary(List<Outcome> outcomes) {
        List<Outcome> changed = outcomes.stream()
                .filter(outcome -> outcome.action() != Action.UNCHANGED)
                .toList();
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
