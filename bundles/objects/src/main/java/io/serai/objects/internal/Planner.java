package io.serai.objects.internal;

import io.serai.api.object.FileKind;
import io.serai.api.object.ObjectChange;
import io.serai.api.object.ObjectCodec;
import io.serai.api.object.ObjectDocument;
import io.serai.api.object.ObjectException;
import io.serai.api.object.ObjectException.Problem;
import io.serai.api.object.ObjectException.Reason;
import io.serai.api.object.ObjectKey;
import io.serai.api.object.ObjectKind;
import io.serai.api.object.ObjectResult.Action;
import io.serai.api.object.ObjectResult.Outcome;
import io.serai.api.state.Content;
import io.serai.api.state.Snapshot;
import io.serai.api.state.StateException;
import io.serai.api.state.StatePath;
import io.serai.objects.internal.ReferenceRules.ObjectEdit;
import io.serai.objects.internal.index.ObjectIndex.StoredObject;
import io.serai.objects.internal.index.ObjectIndexes;
import io.serai.objects.internal.schema.KindSchema.Finding;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Works out what a change means for the files of a state; changes nothing. */
final class Planner {
    private final AllKinds kinds;
    private final ObjectIndexes indexes;
    private final ObjectCodec codec;
    private final ReferenceRules references;

    Planner(AllKinds kinds, ObjectIndexes indexes, ObjectCodec codec) {
        this.kinds = kinds;
        this.indexes = indexes;
        this.codec = codec;
        this.references = new ReferenceRules(kinds.kept(), indexes);
    }

    /**
     * What a change means.
     *
     * @param before the state it was worked out for
     * @param outcomes of each object
     * @param contents the new files, by object
     */
    record Plan(Snapshot before, List<Outcome> outcomes, Map<ObjectKey, Content> contents) {}

    Plan plan(ObjectChange change, Snapshot before) throws ObjectException {
        return new Run(change, before).plan();
    }

    /** Returns which object a file is. */
    Optional<ObjectKey> key(Snapshot snapshot, StatePath path) {
        return indexes.of(snapshot).key(path);
    }

    private final class Run {
        private final ObjectChange change;
        private final Snapshot before;
        private final List<Problem> problems = new ArrayList<>();
        private final Map<ObjectKey, Outcome> outcomes = new TreeMap<>();
        private final Map<ObjectKey, Content> contents = new TreeMap<>();
        private final Map<ObjectKey, Map<String, Object>> kept = new TreeMap<>();

        Run(ObjectChange change, Snapshot before) {
            this.change = change;
            this.before = before;
        }

        Plan plan() throws ObjectException {
            Set<ObjectKey> seen = new HashSet<>();
            for (ObjectDocument put : change.puts()) {
                if (!seen.add(put.key())) {
                    problems.add(new Problem(put.key().toString(), "", "is there twice; leave one out"));
                }
                put(put);
            }
            refuseProblems();
            Set<ObjectKey> deletions = deletions(seen);
            for (ObjectKey key : deletions) {
                outcomes.put(key, new Outcome(key, Action.DELETED, List.of()));
            }
            List<Problem> broken = references.check(new ObjectEdit(before, kept, deletions));
            if (!broken.isEmpty()) {
                throw ReferenceRules.refusal(broken);
            }
            return new Plan(before, List.copyOf(outcomes.values()), contents);
        }

        private void put(ObjectDocument put) throws ObjectException {
            ObjectKey key = put.key();
            Kinds.Registered registered = kinds.changeable(key.kind());
            ObjectKind kind = registered.kind();
            if (kind.builtIn().containsKey(key.name())) {
                throw new ObjectException(
                        Reason.UNSUPPORTED, key + " is built in and cannot be changed; use another name", null);
            }
            Optional<StoredObject> stored = indexes.of(before).find(key);
            new Precondition(indexes, before).require(change.expected().get(key), kind, key, stored);
            if (put.content().isEmpty()) {
                check(registered, put);
                if (problems.stream().anyMatch(problem -> problem.object().equals(key.toString()))) {
                    return;
                }
            }
            if (kind instanceof FileKind files) {
                putFile(registered, files, put, stored);
            } else {
                putSpec(kind, put, stored);
            }
        }

        private void check(Kinds.Registered kind, ObjectDocument put) {
            for (Finding finding : kind.schema().check(put.spec())) {
                problems.add(new Problem(put.key().toString(), "/spec" + finding.pointer(), finding.message()));
            }
        }

        private void putSpec(ObjectKind kind, ObjectDocument put, Optional<StoredObject> stored)
                throws ObjectException {
            ObjectKey key = put.key();
            if (put.content().isPresent()) {
                throw new ObjectException(
                        Reason.UNSUPPORTED,
                        "A " + kind.name() + " is no file to upload; send it as YAML or JSON",
                        null);
            }
            Optional<Map<String, Object>> old = old(kind, stored);
            Map<String, Object> now;
            try {
                now = kind.keep(key, put.spec(), old);
                kind.check(key, now);
            } catch (ObjectException e) {
                List<Problem> found = e.problems().isEmpty()
                        ? List.of(new Problem(key.toString(), "/spec", String.valueOf(e.getMessage())))
                        : e.problems();
                problems.addAll(found);
                return;
            }
            kept.put(key, now);
            if (old.isPresent() && old.get().equals(now)) {
                outcomes.put(key, new Outcome(key, Action.UNCHANGED, List.of()));
                return;
            }
            contents.put(
                    key,
                    Content.of(codec.yaml(List.of(new ObjectDocument(ObjectKey.of(key.kind(), key.name()), now)))));
            outcomes.put(
                    key,
                    old.map(known -> new Outcome(
                                    key,
                                    Action.CONFIGURED,
                                    Differences.between(kind.show(key, known), kind.show(key, now))))
                            .orElseGet(() -> new Outcome(
                                    key, stored.isPresent() ? Action.CONFIGURED : Action.CREATED, List.of())));
        }

        /** Returns the spec that an object has; empty if it has none, or one that cannot be read and is to be replaced. */
        private Optional<Map<String, Object>> old(ObjectKind kind, Optional<StoredObject> stored) {
            if (stored.isEmpty()) {
                return Optional.empty();
            }
            try {
                return Optional.of(indexes.spec(kind, stored.get(), before));
            } catch (ObjectException e) {
                return Optional.empty();
            }
        }

        private void putFile(
                Kinds.Registered registered, FileKind kind, ObjectDocument put, Optional<StoredObject> stored)
                throws ObjectException {
            ObjectKey key = put.key();
            Optional<Content> old = stored.isPresent() ? Optional.of(content(stored.get())) : Optional.empty();
            Content now = put.content().isPresent() ? put.content().get() : kind.write(key, put.spec(), old);
            kept.put(key, registered.schema().refers() ? kind.read(key, now, false) : Map.of());
            try {
                if (old.isEmpty()) {
                    contents.put(key, now);
                    outcomes.put(key, new Outcome(key, Action.CREATED, List.of()));
                } else if (equal(old.get(), now)) {
                    outcomes.put(key, new Outcome(key, Action.UNCHANGED, List.of()));
                } else {
                    contents.put(key, now);
                    outcomes.put(
                            key,
                            new Outcome(
                                    key,
                                    Action.CONFIGURED,
                                    Differences.between(kind.read(key, old.get(), false), kind.read(key, now, false))));
                }
            } catch (IOException e) {
                throw new ObjectException(Reason.IO, "Cannot read " + key + ": " + e.getMessage(), e);
            }
        }

        private Content content(StoredObject stored) throws ObjectException {
            try {
                return before.content(stored.blob());
            } catch (StateException e) {
                throw new ObjectException(Reason.IO, "Cannot read " + stored.key() + ": " + e.getMessage(), e);
            }
        }

        private Set<ObjectKey> deletions(Set<ObjectKey> put) throws ObjectException {
            Set<ObjectKey> deletions = new TreeSet<>();
            for (ObjectKey key : change.deletions()) {
                deletions.add(deletion(key));
            }
            for (String kind : change.options().pruned()) {
                kinds.changeable(kind);
                indexes.of(before).of(kind).keySet().stream()
                        .filter(key -> !put.contains(key))
                        .forEach(deletions::add);
            }
            return change.options().cascade() ? withUsers(deletions) : deletions;
        }

        private ObjectKey deletion(ObjectKey key) throws ObjectException {
            ObjectKind kind = kinds.changeable(key.kind()).kind();
            Optional<StoredObject> stored = indexes.of(before).find(key);
            if (stored.isEmpty() && kind.builtIn().containsKey(key.name())) {
                throw new ObjectException(Reason.UNSUPPORTED, key + " is built in and cannot be removed", null);
            }
            if (stored.isEmpty()) {
                throw new ObjectViews(indexes, null).absent(kind, key, before);
            }
            new Precondition(indexes, before).require(change.expected().get(key), kind, key, stored);
            return key;
        }

        private Set<ObjectKey> withUsers(Set<ObjectKey> first) {
            Set<ObjectKey> all = new TreeSet<>(first);
            Deque<ObjectKey> open = new ArrayDeque<>(first);
            while (!open.isEmpty()) {
                for (ObjectKey user : references.users(new ObjectEdit(before, kept, all), open.remove())) {
                    if (all.add(user)) {
                        open.add(user);
                    }
                }
            }
            return all;
        }

        private void refuseProblems() throws ObjectException {
            if (!problems.isEmpty()) {
                String all = problems.stream()
                        .map(problem -> problem.object() + ": "
                                + problem.pointer().replaceFirst("^/", "").replace('/', '.') + " " + problem.message())
                        .collect(Collectors.joining("; "));
                throw new ObjectException(Reason.INVALID, all, problems, null);
            }
        }
    }

    private static boolean equal(Content one, Content other) throws IOException {
        if (one.size() != other.size()) {
            return false;
        }
        byte[] left = new byte[64 * 1024];
        byte[] right = new byte[64 * 1024];
        try (InputStream first = one.open();
                InputStream second = other.open()) {
            while (true) {
                int read = first.readNBytes(left, 0, left.length);
                second.readNBytes(right, 0, right.length);
                if (!Arrays.equals(left, 0, read, right, 0, read)) {
                    return false;
                }
                if (read < left.length) {
                    return true;
                }
            }
        }
    }
}
