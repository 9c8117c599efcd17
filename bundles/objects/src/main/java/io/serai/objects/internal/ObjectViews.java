package io.serai.objects.internal;

import io.serai.api.deploy.DeploymentService;
import io.serai.api.object.FileKind;
import io.serai.api.object.ObjectException;
import io.serai.api.object.ObjectException.Reason;
import io.serai.api.object.ObjectKey;
import io.serai.api.object.ObjectKind;
import io.serai.api.object.ObjectView;
import io.serai.api.object.ObservedKind;
import io.serai.api.object.ObservedKind.Observation;
import io.serai.api.object.ObservedKind.Observed;
import io.serai.api.state.Snapshot;
import io.serai.api.text.NearNames;
import io.serai.objects.internal.index.ObjectIndex.StoredObject;
import io.serai.objects.internal.index.ObjectIndexes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Objects as people see them, whichever way their kind has them. */
final class ObjectViews {
    private final ObjectIndexes indexes;
    private final @Nullable DeploymentService deployments;

    ObjectViews(ObjectIndexes indexes, @Nullable DeploymentService deployments) {
        this.indexes = indexes;
        this.deployments = deployments;
    }

    /**
     * Objects of one kind.
     *
     * @param objects by name, then layer
     * @param unreachable the names of nodes that could not be asked
     */
    record Views(List<ObjectView> objects, List<String> unreachable) {}

    /** Returns all of a kind. */
    Views all(ObjectKind kind, Snapshot head) {
        if (kind instanceof ObservedKind observed) {
            Observation observation = observed.observe();
            List<ObjectView> views = observation.objects().stream()
                    .map(object -> observed(kind, object, head))
                    .toList();
            return new Views(views, observation.unreachable());
        }
        Statuses statuses = Statuses.all(deployments);
        TreeMap<ObjectKey, ObjectView> views = new TreeMap<>();
        kind.builtIn().forEach((name, spec) -> {
            ObjectKey key = ObjectKey.of(kind.name(), name);
            views.put(key, builtIn(key, spec, head));
        });
        indexes.of(head)
                .of(kind.name())
                .values()
                .forEach(object -> views.put(object.key(), stored(kind, object, head, statuses)));
        return new Views(new ArrayList<>(views.values()), List.of());
    }

    /**
     * Returns one of them.
     *
     * @throws ObjectException {@code NOT_FOUND} naming the nearest
     */
    ObjectView one(ObjectKind kind, ObjectKey key, Snapshot head) throws ObjectException {
        if (kind instanceof ObservedKind observed) {
            Optional<Observed> found = key.layer().isEmpty() ? observed.find(key.name()) : Optional.empty();
            return observed(kind, found.orElseThrow(() -> absent(kind, key, head)), head);
        }
        Optional<StoredObject> object = indexes.of(head).find(key);
        if (object.isPresent()) {
            Statuses statuses = Statuses.of(deployments, ObjectPaths.relative(kind, key.name()));
            return stored(kind, object.get(), head, statuses);
        }
        Map<String, Object> builtIn = kind.builtIn().get(key.name());
        if (builtIn == null || !key.layer().isEmpty()) {
            throw absent(kind, key, head);
        }
        return builtIn(key, builtIn, head);
    }

    /** Returns the refusal that there is no such object. */
    ObjectException absent(ObjectKind kind, ObjectKey key, Snapshot head) {
        List<String> names = all(kind, head).objects().stream()
                .map(view -> view.key().name())
                .toList();
        String near = names.contains(key.name())
                ? "; there is one in another layer"
                : NearNames.nearest(key.name(), names)
                        .map(name -> "; did you mean " + name + "?")
                        .orElse("");
        return new ObjectException(Reason.NOT_FOUND, "There is no " + key + near, null);
    }

    private ObjectView stored(ObjectKind kind, StoredObject object, Snapshot head, Statuses statuses) {
        Map<String, Object> spec = Map.of();
        Map<String, Object> status;
        try {
            Map<String, Object> kept = indexes.spec(kind, object, head);
            spec = kind instanceof FileKind ? kept : kind.show(object.key(), kept);
            status = statuses.of(ObjectPaths.relative(kind, object.key().name()));
        } catch (ObjectException e) {
            status = Statuses.unreadable(String.valueOf(e.getMessage()));
        }
        return new ObjectView(
                object.key(), spec, status, head.commit(), object.blob().value());
    }

    private static ObjectView builtIn(ObjectKey key, Map<String, Object> spec, Snapshot head) {
        Map<String, Object> status = Map.of("state", "ACTIVE", "message", "built in");
        return new ObjectView(key, spec, status, head.commit(), etag(spec));
    }

    static ObjectView observed(ObjectKind kind, Observed object, Snapshot head) {
        ObjectKey key = ObjectKey.of(kind.name(), object.name());
        return new ObjectView(key, object.spec(), object.status(), head.commit(), etag(object.spec()));
    }

    /** Returns an etag of what has no content in the state. */
    private static String etag(Map<String, Object> spec) {
        return UUID.nameUUIDFromBytes(spec.toString().getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
