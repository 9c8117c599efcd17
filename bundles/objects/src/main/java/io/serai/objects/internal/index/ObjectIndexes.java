package io.serai.objects.internal.index;

import io.serai.api.object.ObjectCodec;
import io.serai.api.object.ObjectException;
import io.serai.api.object.ObjectKey;
import io.serai.api.object.ObjectKind;
import io.serai.api.state.BlobId;
import io.serai.api.state.Snapshot;
import io.serai.objects.internal.Kinds;
import io.serai.objects.internal.index.ObjectIndex.StoredObject;
import io.serai.objects.internal.schema.KindSchema.Reference;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The objects of the state that was asked for last, and which of them refer to which. */
@Component(service = ObjectIndexes.class)
public final class ObjectIndexes {
    private static final Logger LOG = LoggerFactory.getLogger(ObjectIndexes.class);

    private final Kinds kinds;
    private final KeptSpecs specs;
    private final AtomicReference<View> last = new AtomicReference<>();

    /** Finds the objects of these kinds. */
    @Activate
    public ObjectIndexes(
            @org.osgi.service.component.annotations.Reference Kinds kinds,
            @org.osgi.service.component.annotations.Reference ObjectCodec codec) {
        this.kinds = kinds;
        this.specs = new KeptSpecs(codec);
    }

    /** What may be referred to: a kind and a name, in whatever layer. */
    public record Target(String kind, String name) {}

    private record View(ObjectIndex index, List<Kinds.Registered> kinds, Map<Target, Set<ObjectKey>> users) {}

    /** Returns the objects of a state. */
    public ObjectIndex of(Snapshot snapshot) {
        return view(snapshot).index();
    }

    /** Returns the objects of a state that refer to something, by key. */
    public Set<ObjectKey> users(Snapshot snapshot, Target target) {
        return view(snapshot).users().getOrDefault(target, Set.of());
    }

    /** Returns the spec of an object as it is kept. */
    public Map<String, Object> spec(ObjectKind kind, StoredObject object, Snapshot snapshot) throws ObjectException {
        return specs.of(kind, object, snapshot);
    }

    private View view(Snapshot snapshot) {
        View known = last.get();
        List<Kinds.Registered> now = kinds.all();
        if (known != null
                && known.index().commit().equals(snapshot.commit())
                && known.kinds().equals(now)) {
            return known;
        }
        ObjectIndex index = new ObjectIndex(
                snapshot, now.stream().map(Kinds.Registered::kind).toList());
        View view = new View(index, now, users(index, now, snapshot));
        last.set(view);
        Set<BlobId> blobs = new HashSet<>();
        now.forEach(kind -> index.of(kind.kind().name()).values().forEach(object -> blobs.add(object.blob())));
        specs.forgetAllBut(blobs);
        return view;
    }

    private Map<Target, Set<ObjectKey>> users(ObjectIndex index, List<Kinds.Registered> all, Snapshot snapshot) {
        Map<Target, Set<ObjectKey>> users = new HashMap<>();
        for (Kinds.Registered kind : all) {
            if (kind.schema().refers()) {
                for (StoredObject object : index.of(kind.kind().name()).values()) {
                    for (Reference reference : references(kind, object, snapshot)) {
                        users.computeIfAbsent(new Target(reference.kind(), reference.name()), target -> new TreeSet<>())
                                .add(object.key());
                    }
                }
            }
        }
        return users;
    }

    private List<Reference> references(Kinds.Registered kind, StoredObject object, Snapshot snapshot) {
        try {
            return kind.schema().references(specs.of(kind.kind(), object, snapshot));
        } catch (ObjectException e) {
            LOG.warn(
                    "Does not know what an object refers to that cannot be read: object={}, cause={}",
                    object.key(),
                    e.getMessage());
            return List.of();
        }
    }
}
