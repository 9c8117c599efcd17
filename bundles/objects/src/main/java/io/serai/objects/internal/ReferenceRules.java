package io.serai.objects.internal;

import io.serai.api.object.ObjectException;
import io.serai.api.object.ObjectException.Problem;
import io.serai.api.object.ObjectException.Reason;
import io.serai.api.object.ObjectKey;
import io.serai.api.state.Snapshot;
import io.serai.api.text.NearNames;
import io.serai.objects.internal.index.ObjectIndex;
import io.serai.objects.internal.index.ObjectIndexes;
import io.serai.objects.internal.index.ObjectIndexes.Target;
import io.serai.objects.internal.schema.KindSchema.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which references a change would leave without what they refer to.
 *
 * @param kinds the kinds there are
 * @param indexes the objects there are
 */
record ReferenceRules(Kinds kinds, ObjectIndexes indexes) {

    /**
     * A change to objects.
     *
     * @param before what it is made to
     * @param puts the specs of new and changed objects, as they are kept
     * @param deletions the objects that are removed
     */
    record ObjectEdit(Snapshot before, Map<ObjectKey, Map<String, Object>> puts, Set<ObjectKey> deletions) {}

    /** Returns what is wrong with a change: by a new object, that what it refers to is not there; by a removed one, who uses it. */
    List<Problem> check(ObjectEdit edit) {
        List<Problem> problems = new ArrayList<>();
        edit.puts().forEach((key, spec) -> kinds.find(key.kind())
                .ifPresent(kind -> kind.schema().references(spec).forEach(reference -> missing(edit, key, reference)
                        .ifPresent(problems::add))));
        for (ObjectKey key : edit.deletions()) {
            Set<ObjectKey> users = users(edit, key);
            if (!users.isEmpty()) {
                problems.add(new Problem(key.toString(), "", inUse(users)));
            }
        }
        return problems;
    }

    /** Returns who would still refer to a removed object. */
    Set<ObjectKey> users(ObjectEdit edit, ObjectKey removed) {
        Target target = new Target(removed.kind(), removed.name());
        if (exists(edit, target)) {
            return Set.of();
        }
        Set<ObjectKey> users = new TreeSet<>(indexes.users(edit.before(), target));
        users.removeAll(edit.deletions());
        users.removeAll(edit.puts().keySet()); // which have said themselves what they refer to
        return users;
    }

    /** Returns the refusal that problems add up to. */
    static ObjectException refusal(List<Problem> problems) {
        boolean used = problems.stream().allMatch(problem -> problem.pointer().isEmpty());
        String all = problems.stream()
                .map(problem -> problem.object()
                        + problem.pointer().replaceFirst("^/", ": ").replace('/', '.') + " " + problem.message())
                .collect(Collectors.joining("; "));
        return new ObjectException(used ? Reason.IN_USE : Reason.INVALID, all, problems, null);
    }

    private static String inUse(Set<ObjectKey> users) {
        int shown = 10;
        String first = users.stream().limit(shown).map(ObjectKey::toString).collect(Collectors.joining(", "));
        String more = users.size() > shown ? " and " + (users.size() - shown) + " more" : "";
        return "is used by " + first + more + "; change these first, or remove them as well with --cascade";
    }

    private Optional<Problem> missing(ObjectEdit edit, ObjectKey key, Reference reference) {
        Target target = new Target(reference.kind(), reference.name());
        Optional<Kinds.Registered> kind = kinds.find(reference.kind());
        // what is observed comes and goes by itself
        if (kind.isEmpty() || exists(edit, target)) {
            return Optional.empty();
        }
        Set<String> names = new TreeSet<>(kind.get().kind().builtIn().keySet());
        indexes.of(edit.before()).of(reference.kind()).keySet().forEach(known -> names.add(known.name()));
        String message = "names the " + reference.kind() + " '" + reference.name() + "', which is not there; "
                + NearNames.nearest(reference.name(), names)
                        .map(near -> "did you mean " + near + "?")
                        .orElse("make it first, or in the same change");
        return Optional.of(new Problem(key.toString(), "/spec" + reference.pointer(), message));
    }

    private boolean exists(ObjectEdit edit, Target target) {
        boolean builtIn = kinds.find(target.kind())
                .map(kind -> kind.kind().builtIn().containsKey(target.name()))
                .orElse(false);
        ObjectIndex index = indexes.of(edit.before());
        return builtIn
                || index.named(target.kind(), target.name()).stream()
                        .anyMatch(object -> !edit.deletions().contains(object.key()))
                || edit.puts().keySet().stream()
                        .anyMatch(key ->
                                key.kind().equals(target.kind()) && key.name().equals(target.name()));
    }
}
