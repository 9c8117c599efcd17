package io.serai.objects.internal;

import io.serai.api.object.ObjectKind;
import io.serai.objects.internal.schema.KindSchema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The kinds that bundles have registered whose objects are in the state. */
@Component(service = Kinds.class)
public final class Kinds {
    private static final Logger LOG = LoggerFactory.getLogger(Kinds.class);

    private final Map<String, Registered> kinds = new ConcurrentSkipListMap<>();

    /** Knows of none at first. */
    @Activate
    public Kinds() {}

    /**
     * A kind with its schema.
     *
     * @param kind itself
     * @param schema its schema, compiled
     */
    public record Registered(ObjectKind kind, KindSchema schema) {}

    /** Takes in a kind. */
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    public void add(ObjectKind kind) {
        Registered before = kinds.put(kind.name(), new Registered(kind, new KindSchema(kind.schema())));
        if (before != null) {
            LOG.warn("Two bundles offer one kind of object, and the later one counts: kind={}", kind.name());
        }
    }

    void remove(ObjectKind kind) {
        kinds.computeIfPresent(kind.name(), (name, known) -> known.kind() == kind ? null : known);
    }

    /** Returns all of them, by name. */
    public List<Registered> all() {
        return List.copyOf(kinds.values());
    }

    /** Returns the kind of a name, if there is one. */
    public Optional<Registered> find(String name) {
        return Optional.ofNullable(kinds.get(name));
    }
}
