package io.serai.objects.internal;

import io.serai.api.object.FileKind;
import io.serai.api.object.ObjectCodec;
import io.serai.api.object.ObjectException;
import io.serai.api.object.ObjectException.Problem;
import io.serai.api.object.ObjectKey;
import io.serai.api.object.ObjectKind;
import io.serai.api.state.ChangeValidator;
import io.serai.api.state.Content;
import io.serai.api.state.ContentValidator;
import io.serai.api.state.Snapshot;
import io.serai.api.state.StateException;
import io.serai.api.state.StateException.Reason;
import io.serai.api.state.StatePath;
import io.serai.objects.internal.ReferenceRules.ObjectEdit;
import io.serai.objects.internal.index.ObjectIndex;
import io.serai.objects.internal.index.ObjectIndexes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Holds whatever face a change comes through to the schemas of objects, and to their references. */
@Component(service = {ContentValidator.class, ChangeValidator.class})
public final class ObjectValidators implements ContentValidator, ChangeValidator {
    private final Kinds kinds;
    private final ObjectCodec codec;
    private final ObjectIndexes indexes;
    private final ReferenceRules references;

    /** Knows these kinds. */
    @Activate
    public ObjectValidators(@Reference Kinds kinds, @Reference ObjectCodec codec, @Reference ObjectIndexes indexes) {
        this.kinds = kinds;
        this.codec = codec;
        this.indexes = indexes;
        this.references = new ReferenceRules(kinds, indexes);
    }

    @Override
    public boolean handles(StatePath path) {
        List<String> segments = path.segments();
        return segments.size() == 3
                && segments.get(0).equals("objects")
                && kinds.find(segments.get(1))
                        .filter(kind -> isYaml(kind.kind()))
                        .isPresent();
    }

    /** Returns whether objects of a kind are files below objects/. */
    private static boolean isYaml(ObjectKind kind) {
        return !(kind instanceof FileKind);
    }

    @Override
    public void validate(StatePath path, Content content) throws StateException {
        try {
            codec.spec(path, content);
        } catch (ObjectException e) {
            Reason reason = e.reason() == ObjectException.Reason.IO ? Reason.IO : Reason.INVALID;
            throw new StateException(reason, String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public void validate(Snapshot before, Map<StatePath, Optional<Content>> targets) throws StateException {
        ObjectIndex index = indexes.of(before);
        Map<String, StatePath> paths = new HashMap<>();
        Map<ObjectKey, Map<String, Object>> puts = new HashMap<>();
        Set<ObjectKey> deletions = new HashSet<>();
        for (Map.Entry<StatePath, Optional<Content>> target : targets.entrySet()) {
            Optional<ObjectKey> key = index.key(target.getKey());
            if (key.isPresent()) {
                paths.put(key.get().toString(), target.getKey());
                Optional<Map<String, Object>> spec = spec(key.get(), target);
                spec.ifPresentOrElse(put -> puts.put(key.get(), put), () -> deletions.add(key.get()));
            }
        }
        Map<StatePath, String> problems = misplaced(index, targets);
        for (Problem problem : references.check(new ObjectEdit(before, puts, deletions))) {
            StatePath path = paths.get(problem.object());
            if (path != null) {
                String field = problem.pointer().replaceFirst("^/", "").replace('/', '.');
                problems.merge(path, (field + " " + problem.message()).strip(), (one, other) -> one + "; " + other);
            }
        }
        if (!problems.isEmpty()) {
            throw new StateException(Reason.INVALID, "The objects would not be right together", problems, null);
        }
    }

    /** Returns what is put for a group or for a node although its kind is the same everywhere: it would not count. */
    private Map<StatePath, String> misplaced(ObjectIndex index, Map<StatePath, Optional<Content>> targets) {
        Map<StatePath, String> problems = new HashMap<>();
        targets.forEach((path, content) -> index.key(path)
                .filter(key -> content.isPresent() && !key.layer().isEmpty())
                .flatMap(key -> kinds.find(key.kind()))
                .filter(kind -> kind.kind().everywhere())
                .ifPresent(kind -> problems.put(
                        path,
                        "a " + kind.kind().name() + " is the same on all nodes, and would not count here; put it into"
                                + " objects/" + kind.kind().name())));
        return problems;
    }

    /** Returns the spec of a file that is put, as far as it can refer to anything; empty if it is removed. */
    private Optional<Map<String, Object>> spec(ObjectKey key, Map.Entry<StatePath, Optional<Content>> target)
            throws StateException {
        if (target.getValue().isEmpty()) {
            return Optional.empty();
        }
        Optional<ObjectKind> kind =
                kinds.find(key.kind()).filter(known -> known.schema().refers()).map(Kinds.Registered::kind);
        if (kind.isEmpty()) {
            return Optional.of(Map.of());
        }
        Content content = target.getValue().get();
        try {
            return Optional.of(
                    kind.get() instanceof FileKind files
                            ? files.read(key, content, false)
                            : codec.spec(target.getKey(), content));
        } catch (ObjectException e) {
            throw new StateException(Reason.INVALID, String.valueOf(e.getMessage()), e);
        }
    }
}
